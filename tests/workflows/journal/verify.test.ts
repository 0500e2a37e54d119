import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '#workflows/journal/bytes.ts';
import { MerkleTree } from '#workflows/journal/merkle-tree.ts';
import { canonicalText } from '#workflows/journal/canonical.ts';
import { leafBytes, type JournalRecord } from '#workflows/journal/record.ts';
import { JournalVerifier } from '#workflows/journal/verify.ts';
import { toMilliseconds, toTime } from '#workflows/time.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { JournalBuilder, type Cast } from '../../journal/build-journal.ts';
import type { Draft } from '../../journal/sign-records.ts';
import type { TestPerson } from '../../journal/test-people.ts';
import { problemsOf, verifyJournal } from '../../journal/verify-leaves.ts';
import { HASH, LyingJournal, REPLY } from './lying-journal.ts';

let desk: LyingJournal;
let cast: Cast;
let journal: JournalBuilder;

beforeEach(() => {
  desk = new LyingJournal();
  ({ cast, journal } = desk);
});

const pause = (type: string, by: TestPerson): Draft => ({ type, subject: 'publishing', by, data: {} });

describe('an honest journal', () => {
  it('holds, and its fingerprint is the hash of record 0', () => {
    journal.command(
      desk.claim(cast.agent, { reads: ['policy', cast.agent.id, REPLY] }),
      desk.approve(cast.legal, 'legal'),
    );
    const result = verifyJournal(journal);
    expect(result).toEqual({
      ok: true,
      size: 11,
      root: Buffer.from(journal.state.tree.root()).toString('base64'),
      fingerprint: createHash('sha256').update(journal.leaves[0]!).digest('hex'),
      notes: [],
      problems: [],
    });
  });

  it('holds with record 0 alone', () => {
    expect(verifyJournal(new JournalBuilder(1)).problems).toEqual([]);
  });

  it('holds over a rotation of the checkpoint key, with checkpoints from before and after it', () => {
    journal.rotateCheckpointKey();
    journal.command(desk.claim());
    expect(desk.problems).toEqual([]);
    expect(problemsOf(verifyJournal(journal, { checkpoint: journal.checkpoint(9) }))).toEqual([]);
    expect(problemsOf(verifyJournal(journal, { checkpoint: journal.checkpoint(10) }))).toEqual([]);
  });
});

describe('the place of a record', () => {
  it.each([
    ['seq that leaves a gap', { seq: 10 }, ['bad-seq@9']],
    ['seq of the record before', { seq: 8 }, ['bad-seq@9']],
    ['version that leaves a gap', { version: 1 }, ['bad-version@9']],
    ['parent that is not the hash of the record before', { parent: HASH }, ['bad-parent@9']],
  ])('is judged: a %s', (_what, change, codes) => {
    expect(desk.lie(() => change)).toEqual(codes);
  });

  it('a parent of zeros does not follow on a subject that has records', () => {
    journal.command(desk.claim());
    expect(desk.lie(() => ({ parent: '0'.repeat(64) }))).toEqual(['bad-parent@10']);
  });

  it('a later record is judged on its own, after one with a wrong seq', () => {
    desk.lie(() => ({ seq: 12 }));
    expect(desk.verdictOn(desk.claim())).toEqual(['bad-seq@9', 'bad-seq@10']);
  });

  it('record 0 must create the workspace', () => {
    const record = desk.drafted(desk.claim('program'));
    const leaf = leafBytes({ ...record, seq: 0 });
    const result = verifyJournal(journal, { leaves: [leaf] });
    expect(problemsOf(result)).toContain('bad-record@0');
    expect(result.ok).toBe(false);
  });

  it('the workspace is created once', () => {
    const first = journal.records[0]!;
    const again = { ...first, seq: 9, version: 1, parent: journal.state.head('workspace').parent };
    journal.add(journal.resign({ ...again, command: journal.random.ulid(), at: toTime(journal.now) }, cast.admin.key));
    expect(desk.problems).toContain('bad-record@9');
  });
});

describe('the bytes of a record', () => {
  it('that are not canonical are named, and the records after them are judged', () => {
    const record = desk.drafted(desk.claim());
    const leaves = [...journal.leaves, utf8(` ${canonicalText(record)}`)];
    const after = desk.drafted(desk.claim(cast.comms, { subject: 'audit', type: 'moon.landed' }));
    leaves.push(leafBytes({ ...after, seq: 10 }));
    const result = verifyJournal(journal, { leaves });
    expect(problemsOf(result)).toEqual(['not-canonical@9', 'bad-record@10']);
    expect(result.size).toBe(11);
  });

  it('count for the root even when they are no record', () => {
    const leaves = [...journal.leaves, utf8('no record')];
    const verifier = new JournalVerifier(nodeCrypto);
    for (const leaf of leaves) verifier.add(leaf);
    const tree = new MerkleTree(nodeCrypto);
    for (const leaf of leaves) tree.append(nodeCrypto.sha256(Buffer.concat([Buffer.of(0), leaf])));
    expect(verifier.finish(journal.checkpoint(), journal.vkey).root).toBe(Buffer.from(tree.root()).toString('base64'));
  });

  it('of a type that nobody knows are a bad record', () => {
    expect(desk.verdictOn(desk.claim(cast.agent, { type: 'reply.somethingNew' }))).toEqual(['bad-record@9']);
  });

  it('of a type on a subject of another kind are a bad record', () => {
    expect(desk.verdictOn(desk.claim(cast.agent, { subject: 'policy' }))).toEqual(['bad-record@9']);
  });
});

describe('time', () => {
  const movedBy = (milliseconds: number) => (record: JournalRecord) => {
    const at = toTime(toMilliseconds(journal.records.at(-1)!.at) + milliseconds);
    return { at, sig: { ...record.sig!, at } };
  };

  it('may stand still and may not go back', () => {
    expect(desk.lie(movedBy(0))).toEqual([]);
    expect(desk.lie(movedBy(-1))).toEqual(['bad-time@10']);
  });

  it('goes back by the correction of an admin alone, and goes on from there', () => {
    const correction = (by: TestPerson): Draft => ({ type: 'clock.corrected', subject: 'clock', by, data: {} });
    expect(desk.lie(movedBy(-3_600_000), cast.admin, correction(cast.admin))).toEqual([]);
    expect(desk.lie(movedBy(0))).toEqual([]);
    expect(desk.lie(movedBy(-3_600_000), cast.agent, correction(cast.agent))).toEqual(['bad-actor@11']);
  });

  it.each([
    ['exactly five minutes before', -5 * 60_000, []],
    ['a millisecond more than five minutes before', -5 * 60_000 - 1, ['bad-time@9']],
    ['at the very time', 0, []],
    ['a millisecond after', 1, ['bad-time@9']],
  ])('of a signature may be %s it took its place, or not', (_when, offset, codes) => {
    expect(desk.lie((record) => ({ sig: { ...record.sig!, at: toTime(toMilliseconds(record.at) + offset) } }))).toEqual(
      codes,
    );
  });
});

describe('commands', () => {
  const placed = (...drafts: readonly Draft[]): JournalRecord[] => journal.draft(drafts);

  it('use their id once', () => {
    const { command } = journal.records[3]!;
    expect(desk.lie(() => ({ command }))).toEqual(['bad-command@9']);
  });

  it('use their id once, also for the command right before', () => {
    const { command } = journal.records.at(-1)!;
    expect(desk.lie(() => ({ command }))).toEqual(['bad-command@9']);
  });

  it('are whole: another one does not begin inside', () => {
    const [first, second] = placed(desk.claim(), desk.claim()) as [JournalRecord, JournalRecord];
    journal.add(first);
    const [other] = placed({ type: 'audit.read', subject: 'audit', by: cast.legal, data: {} }) as [JournalRecord];
    journal.add(other);
    journal.add({ ...second, seq: 11, at: other.at });
    expect(desk.problems).toEqual(['bad-command@10', 'bad-command@11']);
  });

  it('are whole: the last one is not cut short by a checkpoint', () => {
    journal.add(placed(desk.claim(), desk.claim())[0]!);
    expect(desk.problems).toEqual(['bad-command@9']);
  });

  it('that are incomplete beyond the checkpoint are a note', () => {
    const checkpoint = journal.checkpoint();
    journal.add(placed(desk.claim(), desk.claim())[0]!);
    const { notes, problems } = verifyJournal(journal, { checkpoint });
    expect(problems).toEqual([]);
    expect(notes).toEqual([
      { code: 'uncovered-tail', message: '1 records are newer than the checkpoint; the last command is incomplete' },
    ]);
  });

  it('are never divided by a checkpoint', () => {
    journal.command(desk.claim(), desk.claim(), desk.claim());
    for (const [size, codes] of [
      [9, []],
      [9 + 1, ['bad-command@9']],
      [9 + 2, ['bad-command@10']],
      [9 + 3, []],
    ] as const) {
      expect(problemsOf(verifyJournal(journal, { checkpoint: journal.checkpoint(size) })), String(size)).toEqual(codes);
    }
  });
});

describe('what a command relied on', () => {
  it('is counted before the command, whatever the command itself adds', () => {
    journal.command(desk.claim());
    const reads = [REPLY, 'policy', cast.legal.id] as const;
    expect(desk.verdictOn(desk.claim(cast.agent, { reads }), desk.claim(cast.agent, { reads }))).toEqual([]);
  });

  it.each([
    ['one record more than there was', 1],
    ['one record fewer', -1],
  ])('is stale with %s', (_what, difference) => {
    journal.command(desk.claim());
    expect(desk.lie(() => ({ reads: { [REPLY]: 1 + difference } }))).toEqual(['stale-read@10']);
  });

  it('is stale when another command came in between', () => {
    const early = desk.drafted(desk.claim(cast.agent, { reads: ['publishing'] }));
    journal.command(pause('publishing.paused', cast.legal));
    journal.add({ ...early, seq: 10, at: journal.records.at(-1)!.at });
    expect(desk.problems).toEqual(['stale-read@10']);
  });
});

describe('a verification', () => {
  it('goes on after a problem and names them all', () => {
    desk.lie(() => ({ parent: HASH }));
    journal.command(desk.approve('program', 'legal'));
    const codes = desk.verdictOn(desk.claim(cast.agent, { type: 'moon.landed' }));
    expect(codes).toEqual(['bad-parent@9', 'bad-actor@10', 'bad-record@11']);
  });

  it('lists no more than a thousand problems', () => {
    const verifier = new JournalVerifier(nodeCrypto);
    for (let count = 0; count < 1200; count += 1) verifier.add(utf8('x'));
    const result = verifier.finish(null, null);
    expect(result.ok).toBe(false);
    expect(result.size).toBe(1200);
    expect(result.problems).toHaveLength(1000);
  });

  it('of nothing is refused', () => {
    const result = new JournalVerifier(nodeCrypto).finish(journal.checkpoint(), journal.vkey);
    expect(result).toMatchObject({ ok: false, size: 0, fingerprint: '' });
  });

  it('takes trusted records in as if it had judged them', () => {
    journal.command(desk.claim());
    const trusting = new JournalVerifier(nodeCrypto);
    for (const [index, record] of journal.records.entries()) trusting.trust(record, journal.leaves[index]!);
    expect(trusting.finish(journal.checkpoint(), journal.vkey)).toEqual(verifyJournal(journal));
  });
});
