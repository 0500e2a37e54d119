import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import { pathsOf } from '#workflows/step.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { readRecords } from '../core/journal-files.ts';
import { JobProcess } from './child-process.ts';
import { KillPoints } from './kill-points.ts';
import { openDesk } from './open-desk.ts';
import { forEveryMoment, IS_DEEP, prepare, type Prepared } from './prepared-desk.ts';
import { doWork, viewerOf, type Work } from './works.ts';

type Command = Extract<Work, { kind: 'command' }> & { readonly input: { readonly commandId: string } };

interface Known {
  readonly commands: readonly Command[];
  readonly reviewed: ReplyId;
}

/** What each command writes, as one. */
const WRITES = {
  approve: ['reply.approved'],
  release: ['reply.released'],
  capture: ['mention.captured', 'reply.opened'],
} satisfies Partial<Record<Command['name'], string[]>>;

let prepared: Prepared<Known>;

beforeAll(async () => {
  prepared = await prepare(async (desk) => {
    const { agnes, cleo } = desk.people;
    const reviewed = await desk.flow.inReview();
    const approved = await desk.flow.approved();
    const { address } = await desk.flow.post('Nobody has seen this yet.', 'kim.example');
    const command = (name: Command['name'], person: PersonId, input: Command['input']): Command => ({
      kind: 'command',
      name,
      person,
      input,
    });
    const decision = { ...(await desk.flow.decision(reviewed, 'comms')), comment: 'Well said.' };
    return {
      reviewed,
      commands: [
        command('approve', cleo.id, decision),
        command('release', agnes.id, await desk.flow.signedTarget(approved)),
        command('capture', agnes.id, { commandId: desk.command(), address } as Command['input']),
      ],
    };
  });
}, 60_000);

afterAll(() => {
  prepared.remove();
});

/** One life that is killed in a command, and another in which the same is sent once more. */
const commandTwice = async (command: Command, killAt: number) => {
  const root = prepared.copy();
  const folder = join(root, 'workspace');
  const place = { root, now: prepared.now, server: 'http://127.0.0.1:9', hasKeys: true };
  const end = await new JobProcess({ ...place, work: command, killAt, isWholeLife: IS_DEEP }).end();
  const typesOf = (): string[] =>
    readRecords(folder)
      .filter((record) => record.command === command.input.commandId)
      .map(({ type }) => type);
  const faults: string[] = [];
  const { desk } = await openDesk(place, new KillPoints(0), (message) => faults.push(message));
  const kept = typesOf();
  await doWork(desk, command, await viewerOf(desk, command.person), () => undefined);
  const reviewed = pathsOf(desk.tables.replies.get(prepared.known.reviewed)?.state.value ?? {});
  await desk.close();
  const { problems } = await verifyWorkspace(folder);
  expect({ at: end.killed, problems, faults: [...end.faults, ...faults] }).toEqual({
    at: end.killed,
    problems: [],
    faults: [],
  });
  return { end, kept, sentAgain: typesOf(), reviewed };
};

describe('killed at any moment of a command', () => {
  test.each([
    ['approve', 0],
    ['release', 1],
    ['capture', 2],
  ] as const)(
    '%s: what was answered is kept, what was not is there whole or not at all, and sending it again does it once',
    async (name, index) => {
      const command = prepared.known.commands[index];
      if (!command) throw new Error('the command was not prepared');
      const written = WRITES[name];
      const keptUnanswered: number[] = [];
      const reached = await forEveryMoment(async (killAt) => {
        const { end, kept, sentAgain, reviewed } = await commandTwice(command, killAt);
        const at = end.killed;
        if (end.answers > 0) expect({ at, kept }).toEqual({ at, kept: written });
        else {
          expect([[], written], `killed ${String(at)}`).toContainEqual(kept);
          keptUnanswered.push(kept.length);
        }
        expect({ at, sentAgain }).toEqual({ at, sentAgain: written });
        if (name === 'approve') expect(reviewed).toContain('work.inReview.comms.approved');
        return at;
      });
      expect(reached).toEqual(
        expect.arrayContaining([
          'before writing 00000000000000000000.jsonl',
          'in the middle of writing 00000000000000000000.jsonl',
          'after writing 00000000000000000000.jsonl',
          'before flushing 00000000000000000000.jsonl',
          'after flushing 00000000000000000000.jsonl',
        ]),
      );
      // Both were seen: a command that was lost unanswered, and one that was kept unanswered.
      expect(new Set(keptUnanswered)).toEqual(new Set([0, written.length]));
    },
    600_000,
  );
});
