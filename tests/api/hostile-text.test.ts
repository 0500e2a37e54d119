import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { DeskClient } from '#workflows/contract/contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { callByName, PROCEDURES } from '../core/contract-procedures.ts';
import type { TestDesk } from '../core/desk.fixture.ts';
import { asRefusal } from '../core/refusal.ts';
import type { FaultyChannel } from '../publishing/faulty-channel.ts';
import { caseOf } from './cases/index.ts';
import { preparedDesk } from './prepared-desk.ts';
import { TRANSPORTS, type Transport } from './transports.ts';

/** Markup, a script, a right-to-left override and isolate, zero-width and control characters, and letters of two units. */
const TRICKY =
  '<script>alert(1)</script><img src=x onerror=alert(1)> \u202Egnp.exe\u202C \u2066x\u2069 a\u200Bb\u200Dc\uFEFFd \u0007\u0000 \u{1F9FA}';

const PASTE = '0123456789'.repeat(10_000);

/** Half a character has no UTF-8 form: it can be neither hashed nor sent. */
const HALF = 'half \ud83d a character';

let desk: TestDesk;
let channel: FaultyChannel;
let transport: Transport;

beforeAll(async () => {
  ({ desk, channel } = await preparedDesk());
  transport = await TRANSPORTS['in process'](desk.host);
});

afterAll(() => desk.dispose());

type Path = readonly (string | number)[];

/** Where in an input there is text, or could be. */
const textPaths = (value: unknown, path: Path = []): Path[] => {
  if (typeof value === 'string' || value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => textPaths(inner, [...path, key]));
};

const withText = (value: unknown, path: Path, text: string): unknown => {
  const [key, ...rest] = path;
  if (key === undefined) return text;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[key] = withText(copy[key], rest, text);
  return copy;
};

/** What is given only to be used at once, or names something else, and is kept nowhere. */
const NOT_KEPT = /passphrase|current|next|appPassword|code|search|timeZone|identifier|folder/i;

/** Everything that people can read of what a command has left behind. */
const readBack = async ({ seq, count, subject }: CommandReceipt): Promise<string> => {
  const { uma } = desk.people;
  const views: unknown[] = [];
  for (let at = seq ?? 0; at < (seq ?? 0) + count; at += 1) {
    const record = await uma.desk.journal.record({ seq: at });
    views.push(record.text, record.values, JSON.parse(record.source));
  }
  if (subject?.startsWith('reply/')) {
    const reply = subject as ReplyId;
    views.push(await uma.desk.reply.get({ reply }), await uma.desk.reply.story({ reply }));
  }
  if (subject === 'publishing') views.push(await uma.desk.publishing.status());
  return JSON.stringify(views);
};

const isReceipt = (answer: unknown): answer is CommandReceipt =>
  typeof answer === 'object' && answer !== null && 'seq' in answer && answer.seq !== null;

/** `refused`, `kept`, `used` for what is kept nowhere, or what went wrong. */
const outcomeOf = async (client: DeskClient, name: string, input: unknown, text: string, path: Path) => {
  let answer: unknown;
  try {
    answer = await callByName(client, name, input);
  } catch (error) {
    const refused = asRefusal(error);
    if (!refused) throw error;
    if (refused.code === 'INTERNAL') return `INTERNAL\n${desk.faults().at(-1) ?? ''}`;
    return refused.message.includes(PASTE) ? 'the refusal repeats all of it' : 'refused';
  }
  if (!isReceipt(answer) || NOT_KEPT.test(path.join('.'))) return 'used';
  const shown = await readBack(answer);
  return shown.includes(JSON.stringify(text).slice(1, -1)) ? 'kept' : `changed or lost: ${shown.slice(0, 2_000)}`;
};

const attempts = (name: string) => ({
  /** A window and a fresh good input for it. */
  prepare: async () => {
    const { by, input } = caseOf(name);
    const window = await transport.connect();
    if (by !== null) {
      const { id } = desk.people[by];
      const { key } = desk.host.sessions.get(id);
      if (key) desk.host.sessions.signIn(window.sessionId, id, key);
      desk.host.desk.guard.succeeded(id);
    }
    return { window, input: await input?.({ desk, channel, sessionId: window.sessionId }) };
  },
});

const withInput = PROCEDURES.filter(({ input }) => input !== null).map(({ name }) => name);

describe.each([
  ['markup, scripts, hidden and turned characters', TRICKY],
  ['a paste of 100,000 characters', PASTE],
  ['half a character', HALF],
])('%s', (_what, text) => {
  test.each(withInput)('in any text of %s is refused, or kept as it is; it is never a fault', async (name) => {
    let { window, input } = await attempts(name).prepare();
    const paths = textPaths(input).filter((path) => path.length > 0);
    const wrong: Record<string, string> = {};
    for (const path of paths) {
      const outcome = await outcomeOf(window.desk, name, withText(input, path, text), text, path);
      if (!['refused', 'kept', 'used'].includes(outcome)) wrong[path.join('.')] = outcome;
      if (text === HALF && outcome !== 'refused') wrong[path.join('.')] = outcome;
      if (outcome === 'refused') continue;
      await caseOf(name).after?.({ desk, channel, sessionId: window.sessionId });
      ({ window, input } = await attempts(name).prepare());
    }
    await caseOf(name).after?.({ desk, channel, sessionId: window.sessionId });
    expect(wrong).toEqual({});
  });
});

test('what was kept stands in the workspace’s plain files nowhere where it is confidential', async () => {
  const reply = await desk.flow.captured(`${TRICKY} customer’s words`);
  await desk.flow.write(reply, `${TRICKY} our words`);
  const journal = readFileSync(join(desk.folder, 'journal', '00000000000000000000.jsonl'), 'utf8');
  for (const words of ['customer’s words', 'our words']) expect(journal).not.toContain(words);
});
