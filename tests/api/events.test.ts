import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Change } from '#workflows/contract/desk.contract.ts';
import { TestDesk } from '../core/desk.fixture.ts';
import { TRANSPORT_NAMES, TRANSPORTS, type DeskWindow, type Transport } from './transports.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await TestDesk.create();
});

afterAll(() => desk.dispose());

/** How many listen to the desk now, whichever way they came. */
const countListeners = (): { readonly count: number } => {
  const listening = { count: 0 };
  const { changes } = desk.host;
  const subscribe = changes.subscribe.bind(changes);
  changes.subscribe = (listener, onClose) => {
    listening.count += 1;
    const stop = subscribe(listener, onClose);
    let isStopped = false;
    return () => {
      if (!isStopped) listening.count -= 1;
      isStopped = true;
      stop();
    };
  };
  return listening;
};

const signIn = ({ sessionId }: DeskWindow, who: 'uma' | 'agnes' = 'uma'): void => {
  const { id } = desk.people[who];
  const { key } = desk.host.sessions.get(id);
  if (key) desk.host.sessions.signIn(sessionId, id, key);
};

describe.each(TRANSPORT_NAMES)('the desk’s changes %s', (name) => {
  let transport: Transport;
  let window: DeskWindow;

  beforeAll(async () => {
    transport = await TRANSPORTS[name](desk.host);
  });

  afterAll(() => transport.close());

  beforeEach(async () => {
    window = await transport.connect();
  });

  test('tell ids and versions as things happen, and no word of what they are about', async () => {
    signIn(window);
    const changes = await window.desk.desk.changes();
    const next = changes.next();
    const reply = await desk.flow.captured('SECRET words of a customer', 'sam.secret.example');
    const heard: Change[] = [];
    const first = await next;
    if (!first.done) heard.push(first.value);
    while (!heard.some(({ subjects }) => subjects.some(({ subject }) => subject === reply))) {
      const { value, done } = await changes.next();
      if (done) break;
      heard.push(value);
    }
    const last = heard.at(-1)!;
    expect(last.size).toBe(desk.size);
    expect(last.subjects.find(({ subject }) => subject === reply)).toEqual({ subject: reply, version: 1 });
    expect(JSON.stringify(heard).toLowerCase()).not.toContain('secret');
    expect(Object.keys(last).sort()).toEqual(['size', 'subjects', 'topics']);
    await changes.return(undefined);
    await window.close();
  });

  test('tell a window at which nobody is signed in no ids, only that its start screen changed', async () => {
    const changes = await window.desk.desk.changes();
    await desk.flow.captured('Hello');
    const { ada } = desk.people;
    await ada.desk.people.add({ commandId: desk.command(), name: `Nora ${name}`, roles: ['agent'] });
    const heard: Change[] = [];
    while (!heard.some(({ topics }) => topics.includes('session'))) {
      const { value, done } = await changes.next();
      if (done) break;
      heard.push(value);
    }
    expect(heard.flatMap(({ subjects }) => subjects)).toEqual([]);
    expect(heard.map(({ size }) => size)).toEqual(heard.map(() => 0));
    await changes.return(undefined);
    await window.close();
  });

  test('are heard by nobody any more when the listener stops, though it waits for the next', async () => {
    const listening = countListeners();
    const changes = await window.desk.desk.changes();
    const waiting = changes.next();
    await vi.waitFor(() => expect(listening.count).toBe(1));
    await changes.return(undefined);
    await vi.waitFor(() => expect(listening.count).toBe(0));
    await Promise.allSettled([waiting]);
    await window.close();
  });

  test('end for a caller who gives up', async () => {
    const listening = countListeners();
    const stop = new AbortController();
    const changes = await window.desk.desk.changes(undefined, { signal: stop.signal });
    const waiting = Promise.allSettled([changes.next()]);
    await vi.waitFor(() => expect(listening.count).toBe(1));
    stop.abort();
    await vi.waitFor(() => expect(listening.count).toBe(0));
    await waiting;
    await window.close();
  });

  test('go on over many changes in their order', async () => {
    signIn(window, 'agnes');
    const changes = await window.desk.desk.changes();
    const sizes: number[] = [];
    const before = desk.size;
    for (let index = 0; index < 20; index += 1) await desk.flow.captured(`Post ${String(index)}`);
    while ((sizes.at(-1) ?? 0) < desk.size) {
      const { value, done } = await changes.next();
      if (done) break;
      if (value.subjects.length > 0) sizes.push(value.size);
    }
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(sizes).toEqual(Array.from({ length: 20 }, (_, index) => before + 2 * (index + 1)));
    await changes.return(undefined);
    await window.close();
  });
});

test.each(['through a message port', 'over HTTP'] as const)('changes %s end when the window goes', async (name) => {
  const transport = await TRANSPORTS[name](desk.host);
  const window = await transport.connect();
  const listening = countListeners();
  const changes = await window.desk.desk.changes();
  const waiting = Promise.allSettled([changes.next()]);
  await vi.waitFor(() => expect(listening.count).toBe(1));
  await window.close();
  await vi.waitFor(() => expect(listening.count).toBe(0));
  await waiting;
  await transport.close();
});
