import { isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { contract } from '#workflows/contract/contract.ts';
import { callByName, PROCEDURES } from '../core/contract-procedures.ts';
import type { TestDesk } from '../core/desk.fixture.ts';
import { changedFiles, listingOf } from '../core/folder-listing.ts';
import { refusalOf, type Refused } from '../core/refusal.ts';
import type { Who } from '../core/roster.ts';
import type { FaultyChannel } from '../publishing/faulty-channel.ts';
import { caseOf, CASES } from './cases/index.ts';
import { preparedDesk } from './prepared-desk.ts';
import type { Place } from './procedure-case.ts';
import { TRANSPORT_NAMES, TRANSPORTS, type DeskWindow, type Transport, type TransportName } from './transports.ts';

let desk: TestDesk;
let channel: FaultyChannel;
const transports = {} as Record<TransportName, Transport>;

beforeAll(async () => {
  ({ desk, channel } = await preparedDesk());
  for (const name of TRANSPORT_NAMES) transports[name] = await TRANSPORTS[name](desk.host);
});

afterAll(async () => {
  for (const transport of Object.values(transports)) await transport.close();
  await desk.dispose();
});

/** A window at which somebody is signed in as the desk knows them; nobody for `null`. */
const windowOf = async (transport: TransportName, who: Who | null): Promise<DeskWindow> => {
  const window = await transports[transport].connect();
  if (who === null) return window;
  const { id } = desk.people[who];
  const { key } = desk.host.sessions.get(id);
  if (!key) throw new Error(`${who} is not signed in`);
  desk.host.sessions.signIn(window.sessionId, id, key);
  return window;
};

const placeOf = ({ sessionId }: DeskWindow): Place => ({ desk, channel, sessionId });

const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

/** Takes everything that a stream gives; the desk's changes never end by themselves, so one of them is enough. */
const readAll = async (name: string, stream: AsyncIterable<unknown>): Promise<unknown[]> => {
  const events: unknown[] = [];
  if (name === 'desk.changes') desk.host.changes.tell('practice');
  for await (const event of stream) {
    events.push(event);
    if (name === 'desk.changes') break;
  }
  return events;
};

const outputSchemaOf = (name: string): z.ZodType => {
  const procedure = name.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], contract);
  if (!isContractProcedure(procedure)) throw new Error(`${name} is no procedure`);
  return procedure['~orpc'].outputSchema as z.ZodType;
};

const names = PROCEDURES.map(({ name }) => name);

test('every procedure of the contract has a case, and no case is of another', () => {
  expect(Object.keys(CASES).sort()).toEqual([...names].sort());
});

describe.each(TRANSPORT_NAMES)('asked %s', (transport) => {
  test.each(names)('%s is answered as the contract says, to somebody who may', async (name) => {
    const { by, input, after } = caseOf(name);
    const window = await windowOf(transport, by);
    const answer = await callByName(window.desk, name, await input?.(placeOf(window)));
    if (isStream(answer)) expect(await readAll(name, answer)).not.toEqual([]);
    else expect(outputSchemaOf(name).parse(answer)).toEqual(answer);
    await after?.(placeOf(window));
    await window.close();
  });
});

/** The same call over every transport; each is refused, and all are told the same. */
const refusedEverywhere = async (who: Who | null, name: string, input: unknown): Promise<Refused> => {
  const refusals: Refused[] = [];
  for (const transport of TRANSPORT_NAMES) {
    const window = await windowOf(transport, who);
    refusals.push(await refusalOf(callByName(window.desk, name, input)));
    await window.close();
  }
  const [first, ...others] = refusals;
  for (const other of others) expect(other).toEqual(first);
  return first!;
};

/** Refusing leaves every file of the workspace as it was. */
const leavingAllAsItWas = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  const before = listingOf(desk.folder);
  const value = await work();
  expect(changedFiles(before, listingOf(desk.folder))).toEqual([]);
  return value;
};

const prepared = new Map<string, unknown>();

/** Good input for calls that will be refused, which use nothing of it up; made at a window of somebody who may. */
const goodInput = async (name: string): Promise<unknown> => {
  if (!prepared.has(name)) {
    const { by, input, after } = caseOf(name);
    const window = await windowOf('in process', by);
    prepared.set(name, await input?.(placeOf(window)));
    await after?.(placeOf(window));
  }
  return prepared.get(name);
};

describe('whoever has not signed in', () => {
  const closed = names.filter((name) => CASES[name]?.access !== 'anybody');

  test.each(closed)('is refused %s as UNAUTHENTICATED on every way in, and nothing changes', async (name) => {
    const input = await goodInput(name);
    const { code, reason } = await leavingAllAsItWas(() => refusedEverywhere(null, name, input));
    expect([code, reason]).toEqual(['UNAUTHENTICATED', 'signedOut']);
  });
});

describe('somebody in another role', () => {
  const narrow = names.filter((name) => typeof CASES[name]?.access === 'object');

  test.each(narrow)('is refused %s on every way in, hears who can, and nothing changes', async (name) => {
    const { access } = caseOf(name);
    if (typeof access === 'string') throw new Error('it is open to all');
    const input = await goodInput(name);
    const refused = await leavingAllAsItWas(() => refusedEverywhere(access.not, name, input));
    expect(refused).toMatchObject({ code: 'FORBIDDEN', reason: access.reason });
    expect(refused.values.who).toEqual(access.who);
  });
});

/** Every way to spoil an input that is right: one member too many, and each of its members of a wrong kind. */
const spoilt = (input: unknown): Record<string, unknown> => {
  if (typeof input !== 'object' || input === null) return { 'anything at all': { intruder: true } };
  const wrong = Object.keys(input).map((key) => [`${key} of a wrong kind`, { ...input, [key]: { intruder: true } }]);
  return { 'a member too many': { ...input, intruder: true }, ...Object.fromEntries(wrong) } as Record<string, unknown>;
};

describe('bad input', () => {
  test.each(names)('to %s is refused as INVALID_INPUT on every way in, and nothing changes', async (name) => {
    const { by } = caseOf(name);
    const good = await goodInput(name);
    await leavingAllAsItWas(async () => {
      for (const [how, input] of Object.entries(spoilt(good))) {
        const { code, reason } = await refusedEverywhere(by, name, input);
        expect([how, code, reason]).toEqual([how, 'INVALID_INPUT', 'invalidInput']);
      }
    });
  });
});
