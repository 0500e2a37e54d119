import { beforeEach, describe, expect, it } from 'vitest';
import { fromHex } from '#workflows/journal/bytes.ts';
import { KeptRoots } from '#workflows/journal/kept-roots.ts';
import { sizeOfCheckpoint } from '#workflows/journal/judge-checkpoint.ts';
import { JournalVerifier } from '#workflows/journal/verify.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import type { JournalBuilder } from '../../journal/build-journal.ts';
import { randomKey } from '../../journal/test-people.ts';
import { problemsOf } from '../../journal/verify-leaves.ts';
import { HASH, LyingJournal } from './lying-journal.ts';

let desk: LyingJournal;
let journal: JournalBuilder;

beforeEach(() => {
  desk = new LyingJournal();
  ({ journal } = desk);
});

/** Verifies the journal with a checkpoint that somebody kept, in one pass with the frontier alone. */
const judge = (kept: string, checkpoint = journal.checkpoint()): string[] => {
  const sizes = [kept, checkpoint].map(sizeOfCheckpoint).filter((size) => size !== null);
  const verifier = new JournalVerifier(nodeCrypto, new KeptRoots(nodeCrypto, sizes));
  for (const leaf of journal.leaves) verifier.add(leaf);
  return problemsOf(verifier.finish(checkpoint, journal.vkey, kept));
};

const root = (size?: number): Uint8Array => journal.state.tree.root(size);

describe('a kept checkpoint', () => {
  it('of any whole number of commands is extended by the journal', () => {
    journal.command(desk.claim());
    journal.command(desk.claim());
    for (let size = 1; size <= journal.size; size += 1) {
      const isInside = journal.records[size - 1]?.cont === true;
      expect(judge(journal.checkpoint(size)), String(size)).toEqual(
        isInside ? [`bad-command@${String(size - 1)}`] : [],
      );
    }
  });

  it('may be newer than the journal’s own, as long as all its records are there', () => {
    const older = journal.checkpoint();
    journal.command(desk.claim());
    expect(judge(journal.checkpoint(), older)).toEqual([]);
  });

  it('of records that were taken away since is missed', () => {
    const before = journal.size;
    journal.command(desk.claim());
    const kept = journal.checkpoint();
    journal.leaves.length = before;
    expect(judge(kept, journal.checkpoint(before))).toEqual(['size-mismatch@-']);
  });

  it('of another history is refused, also when the same key signed it and the sizes are equal', () => {
    const other = new LyingJournal();
    other.journal.command(other.claim(other.cast.legal));
    journal.command(desk.claim(desk.cast.comms));
    const forked = other.journal.checkpoint();
    expect(judge(forked)).toEqual(['not-consistent@-']);
    journal.command(desk.claim());
    expect(judge(forked)).toEqual(['not-consistent@-']);
  });

  it.each<[string, () => string, string[]]>([
    ['is no checkpoint', () => 'nothing\n', ['bad-checkpoint-signature@-']],
    ['is empty', () => '', ['bad-checkpoint-signature@-']],
    ['has another root', () => journal.signCheckpoint(7, fromHex(HASH), journal.checkpointKey), ['not-consistent@-']],
    [
      'is signed by another key of the same name',
      () => journal.signCheckpoint(7, root(7), randomKey(journal.random)),
      ['wrong-checkpoint-key@-'],
    ],
    [
      'is of another workspace',
      () => journal.signCheckpoint(7, root(7), journal.checkpointKey, `countersign/${'0'.repeat(26)}`),
      ['bad-checkpoint-signature@-'],
    ],
    [
      'was changed after it was signed',
      () => journal.checkpoint(7).replace('\n7\n', '\n5\n'),
      ['bad-checkpoint-signature@-', 'not-consistent@-'],
    ],
    [
      'covers nothing, which proves nothing',
      () => journal.signCheckpoint(0, root(0), journal.checkpointKey),
      ['not-consistent@-'],
    ],
    [
      'covers more records than can be counted',
      () => journal.checkpoint(7).replace('\n7\n', '\n18446744073709551615\n'),
      ['bad-checkpoint-signature@-', 'size-mismatch@-'],
    ],
  ])('that %s is refused', (_what, kept, expected) => {
    expect(judge(kept())).toEqual(expected);
  });
});

describe('a kept checkpoint and a rotated key', () => {
  it('must be signed by the key that was valid at its size, neither a later nor an earlier one', () => {
    journal.command(desk.claim());
    const [size, oldKey] = [journal.size, journal.checkpointKey];
    journal.rotateCheckpointKey();
    expect(judge(journal.checkpoint(size))).toEqual([]);
    expect(judge(journal.checkpoint())).toEqual([]);
    expect(judge(journal.signCheckpoint(size, root(size), journal.checkpointKey))).toEqual(['wrong-checkpoint-key@-']);
    expect(judge(journal.signCheckpoint(journal.size, root(), oldKey))).toEqual(['wrong-checkpoint-key@-']);
  });
});
