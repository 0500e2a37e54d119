import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import { makeBusy, valuesFor, valuesForVersions, type BusyDesk } from './busy-desk.ts';
import { AUDITS, callByName, CHANGES, OPEN_TO_ALL, OWN, PROCEDURES, READS } from './contract-procedures.ts';
import { deskForTest, TestDesk } from './desk.fixture.ts';
import { changedFiles, listingOf } from './folder-listing.ts';
import { asRefusal } from './refusal.ts';
import { sampleInput } from './sample-input.ts';

let desk: TestDesk;
let busy: BusyDesk;

beforeAll(async () => {
  desk = await TestDesk.create({ expectsFaults: true });
  busy = await makeBusy(desk);
});

afterAll(() => desk.dispose());

const isAboutReply = (name: string): boolean => name.startsWith('reply.') || name.startsWith('mention.');

const procedureOf = (name: string) => PROCEDURES.find((procedure) => procedure.name === name)!;

const inputOf = async (name: string, reply: ReplyId): Promise<unknown> => {
  const { input } = procedureOf(name);
  if (!input) return undefined;
  const values = isAboutReply(name) ? await valuesFor(desk, busy, reply) : await valuesForVersions(desk, busy, name);
  return sampleInput(input, values);
};

const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;

/** What a call came to: `done`, or the code of its refusal. */
const outcomeOf = async (client: TestDesk['people']['uma']['desk'], name: string, input: unknown): Promise<string> => {
  try {
    const answer = await callByName(client, name, input);
    if (isStream(answer)) for await (const _event of answer);
    return 'done';
  } catch (error) {
    const refused = asRefusal(error);
    if (!refused) throw error;
    return refused.code;
  }
};

/** The replies that a procedure is tried on: one in each state where it is about a reply. */
const repliesFor = (name: string): [string, ReplyId][] => {
  const all = Object.entries(busy.replies);
  return isAboutReply(name) ? all : all.slice(0, 1);
};

describe('an auditor', () => {
  test.each(CHANGES.map(({ name }) => name))('may not %s, and trying changes no file', async (name) => {
    const before = listingOf(desk.folder);
    const outcomes: string[] = [];
    for (const [state, reply] of repliesFor(name)) {
      outcomes.push(`${state} ${await outcomeOf(desk.people.uma.desk, name, await inputOf(name, reply))}`);
    }
    const changed = changedFiles(before, listingOf(desk.folder));
    expect(outcomes.filter((outcome) => !outcome.endsWith(' FORBIDDEN'))).toEqual([]);
    expect(changed).toEqual([]);
  });

  test('changes nothing under the id of a command that they sent before, either', async () => {
    const own = await deskForTest({ expectsFaults: true });
    const theirs = await makeBusy(own);
    const { uma } = own.people;
    const commandId = own.command();
    const reply = theirs.replies.published!;
    await uma.desk.journal.exportStory({ commandId, reply, timeZone: 'UTC' });
    const offences: string[] = [];
    for (const { name, input } of CHANGES) {
      if (!input) continue;
      const values = isAboutReply(name)
        ? await valuesFor(own, theirs, theirs.replies.drafted!)
        : await valuesForVersions(own, theirs, name);
      const before = listingOf(own.folder);
      const answer = await callByName(uma.desk, name, sampleInput(input, { ...values, commandId: [commandId] })).catch(
        () => null,
      );
      const files = changedFiles(before, listingOf(own.folder));
      if (files.length > 0) offences.push(`${name} changed ${files.join(', ').replaceAll(/[0-9A-Z]{26}/g, '…')}`);
      if (answer !== null && typeof answer === 'object' && 'code' in answer) offences.push(`${name} gave a code`);
    }
    expect(offences).toEqual([]);
  });

  test.each([...READS].filter((name) => !['desk.changes', 'mention.picture'].includes(name)))(
    'may read %s, which records nothing',
    async (name) => {
      const before = listingOf(desk.folder);
      for (const [state, reply] of repliesFor(name)) {
        const outcome = await outcomeOf(desk.people.uma.desk, name, await inputOf(name, reply));
        expect([state, outcome]).toEqual([state, 'done']);
      }
      expect(changedFiles(before, listingOf(desk.folder))).toEqual([]);
    },
  );

  test('leaves a record of what they verified and exported, and of nothing else', async () => {
    const { uma } = desk.people;
    const before = desk.size;
    const reply = busy.replies.published!;
    for await (const event of await uma.desk.journal.verify({ commandId: desk.command() })) {
      if (event.kind === 'done') expect(event.result).toMatchObject({ ok: true, size: before, problems: [] });
    }
    const page = await uma.desk.journal.exportStory({ commandId: desk.command(), reply, timeZone: 'UTC' });
    const records = desk.records().slice(before);
    expect(records.map(({ type, actor }) => [type, actor])).toEqual([
      ['audit.verified', { person: uma.id, role: 'auditor' }],
      ['audit.exported', { person: uma.id, role: 'auditor' }],
    ]);
    expect(records[1]?.data).toMatchObject({ what: 'story', reply, hash: page.hash });
  });

  test('may give up their own key, which is the one thing of people that is theirs', async () => {
    const own = await deskForTest();
    const { uma } = own.people;
    await uma.desk.people.revokeKey({ commandId: own.command(), person: uma.id });
    expect(own.records().at(-1)).toMatchObject({ type: 'person.keyRevoked', subject: uma.id });
  });
});

describe('whoever is not signed in, or has locked their desk', () => {
  const closed = PROCEDURES.filter(({ name }) => !OPEN_TO_ALL.has(name)).map(({ name }) => name);

  test.each(closed)('may not %s', async (name) => {
    const input = name.startsWith('workspace.') ? workspaceInput(name) : await inputOf(name, busy.replies.drafted!);
    const before = listingOf(desk.folder);
    expect(await outcomeOf(desk.window('nobody'), name, input)).toBe('UNAUTHENTICATED');
    const { kay } = desk.people;
    await kay.desk.session.lock();
    if (name !== 'session.unlock' && name !== 'session.changePassphrase') {
      expect(await outcomeOf(kay.desk, name, input)).toBe('UNAUTHENTICATED');
    }
    expect(changedFiles(before, listingOf(desk.folder))).toEqual([]);
  });
});

const workspaceInput = (name: string): unknown => {
  const folder = `${desk.folder}-other`;
  if (name === 'workspace.create') return { folder, name: 'Other', adminName: 'Eve', passphrase: 'a long passphrase' };
  if (name === 'workspace.open') return { folder };
  return name === 'workspace.openSample' ? { fresh: false } : undefined;
};

test('every name in the lists is a procedure of the contract', () => {
  const names = new Set(PROCEDURES.map(({ name }) => name));
  expect([...READS, ...OWN, ...AUDITS, ...OPEN_TO_ALL].filter((name) => !names.has(name))).toEqual([]);
});
