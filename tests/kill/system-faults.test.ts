import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pathsOf } from '#workflows/step.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { readRecords } from '../core/journal-files.ts';
import { KillPoints } from './kill-points.ts';
import { openDesk, type Place } from './open-desk.ts';
import { IS_DEEP, prepare, type Prepared } from './prepared-desk.ts';
import { FAULTS, runTraced, whyNoTracing, type Fault, type SystemCall } from './system-calls.ts';
import { doWork, viewerOf, type Work } from './works.ts';

const noTracing = whyNoTracing();

type Approval = Extract<Work, { kind: 'command' }> & { readonly input: { readonly commandId: string } };

let prepared: Prepared<{ readonly approval: Approval; readonly reply: ReplyId }>;

beforeAll(async () => {
  prepared = await prepare(async (desk) => {
    const reply = await desk.flow.inReview();
    const input = { ...(await desk.flow.decision(reply, 'comms')), comment: 'Well said.' };
    return { reply, approval: { kind: 'command', name: 'approve', person: desk.people.cleo.id, input } };
  });
}, 60_000);

afterAll(() => {
  prepared.remove();
});

const placeOf = (root: string): Place => ({ root, now: prepared.now, server: 'http://127.0.0.1:9', hasKeys: true });

/** Approves once on a copy, in a process of its own; with IS_DEEP the desk is closed in order afterwards. */
const approveOnce = async (root: string, fault: { call: SystemCall; fault: Fault } | null = null) =>
  runTraced({ ...placeOf(root), work: prepared.known.approval, isWholeLife: IS_DEEP }, fault);

/** Names that are new in every run, and the folder, are left out: what remains is the same in every run. */
const nameOf = (root: string, { name, place, line }: SystemCall): string => {
  const path = line.slice(line.indexOf(root) + root.length).replace(/[">,)].*$/, '');
  return `${name} ${String(place)} on ${path.replace(/\.[0-9a-f-]{36}\.tmp$/, '.tmp')}`;
};

/** What another start finds after it, and what comes of sending the same command again. */
const startAgain = async (root: string) => {
  const { approval, reply } = prepared.known;
  const folder = join(root, 'workspace');
  const typesOf = (): string[] =>
    readRecords(folder)
      .filter(({ command }) => command === approval.input.commandId)
      .map(({ type }) => type);
  const faults: string[] = [];
  const { desk } = await openDesk(placeOf(root), new KillPoints(0), (message) => faults.push(message));
  const { readOnly } = desk.journal;
  const kept = typesOf();
  await doWork(desk, approval, await viewerOf(desk, approval.person), () => undefined);
  const paths = pathsOf(desk.tables.replies.get(reply)?.state.value ?? {});
  await desk.close();
  const { problems, notes } = await verifyWorkspace(folder);
  return {
    readOnly,
    kept,
    sentAgain: typesOf(),
    problems,
    notes,
    faults,
    isApproved: paths.includes('work.inReview.comms.approved'),
  };
};

describe('a system call that fails or kills', () => {
  test(`at any place of a decision: ${noTracing ?? 'nothing answered is lost, and sending it again does it once'}`, async (context) => {
    if (noTracing !== null) context.skip(noTracing);
    const first = prepared.copy();
    const { calls, end } = await approveOnce(first);
    expect(end.answers).toBe(1);
    const names = calls.map((call) => nameOf(first, call));
    expect(names.map((name) => name.replace(/ \d+ on/, ''))).toEqual(
      expect.arrayContaining([
        'pwrite64 /workspace/journal/00000000000000000000.jsonl',
        'fdatasync /workspace/journal/00000000000000000000.jsonl',
        'openat /workspace/journal/checkpoint.tmp',
        'pwrite64 /workspace/journal/checkpoint.tmp',
        'fdatasync /workspace/journal/checkpoint.tmp',
        'rename /workspace/journal/checkpoint.tmp',
        'fsync /workspace/journal',
      ]),
    );
    const outcomes = new Map<string, number>();
    // What counts wrong passphrases is tried in a deep run alone.
    const tried = calls.filter(({ line }) => IS_DEEP || line.includes('/workspace/journal'));
    for (const call of tried) {
      await Promise.all(
        FAULTS.map(async (fault) => {
          const root = prepared.copy();
          const at = `${fault} at ${nameOf(first, call)}`;
          const life = await approveOnce(root, { call, fault });
          const after = await startAgain(root);
          const { kept, ...rest } = after;
          expect({ at, ...rest }).toEqual({
            at,
            readOnly: null,
            sentAgain: ['reply.approved'],
            problems: [],
            notes: [],
            faults: [],
            isApproved: true,
          });
          if (life.end.answers > 0) expect({ at, kept }).toEqual({ at, kept: ['reply.approved'] });
          else expect([[], ['reply.approved']], at).toContainEqual(kept);
          if (fault === 'signal=KILL') expect({ at, ended: life.end.killed }).not.toEqual({ at, ended: null });
          else expect({ at, ended: life.end.killed }).toEqual({ at, ended: null });
          expect(life.refusals.filter((refusal) => refusal.startsWith('INTERNAL'))).toEqual([]);
          const outcome = life.end.answers > 0 ? 'answered' : (life.refusals[0] ?? 'killed');
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        }),
      );
    }
    // Each was seen, or the calls were not those of the decision.
    expect([...outcomes.keys()].sort()).toEqual(
      expect.arrayContaining([
        'READ_ONLY journalReadOnly',
        'STORAGE_FULL storageFull',
        'UNAVAILABLE storageFailed',
        'answered',
        'killed',
      ]),
    );
  }, 600_000);
});
