import { beforeEach, describe, expect, it } from 'vitest';
import { fromHex } from '#workflows/journal/bytes.ts';
import { formatNoteKey, noteKey } from '#workflows/journal/signed-note.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { JournalBuilder } from '../../journal/build-journal.ts';
import { randomKey } from '../../journal/test-people.ts';
import { problemsOf, verifyJournal } from '../../journal/verify-leaves.ts';
import { HASH, LyingJournal } from './lying-journal.ts';

let desk: LyingJournal;
let journal: JournalBuilder;

beforeEach(() => {
  desk = new LyingJournal();
  ({ journal } = desk);
});

describe('the checkpoint', () => {
  const root = (size?: number): Uint8Array => journal.state.tree.root(size);

  it('that does not cover the newest records leaves a note', () => {
    const checkpoint = journal.checkpoint();
    journal.command(desk.claim());
    journal.command(desk.claim());
    const { ok, notes } = verifyJournal(journal, { checkpoint });
    expect({ ok, notes }).toEqual({
      ok: true,
      notes: [{ code: 'uncovered-tail', message: '2 records are newer than the checkpoint' }],
    });
  });

  it.each<[string, () => string | null, string[]]>([
    ['is missing', () => null, ['unreadable@-']],
    ['is no checkpoint', () => 'nothing\n', ['bad-checkpoint-signature@-']],
    ['is empty', () => '', ['bad-checkpoint-signature@-']],
    [
      'covers more records than there are',
      () => journal.signCheckpoint(10, root(), journal.checkpointKey),
      ['size-mismatch@-'],
    ],
    ['has another root', () => journal.signCheckpoint(9, fromHex(HASH), journal.checkpointKey), ['root-mismatch@-']],
    [
      'has the root of another size',
      () => journal.signCheckpoint(8, root(9), journal.checkpointKey),
      ['root-mismatch@-', 'bad-command@7'],
    ],
    [
      'is signed by another key of the same name',
      () => journal.signCheckpoint(9, root(), randomKey(journal.random)),
      ['wrong-checkpoint-key@-'],
    ],
    [
      'is of another workspace',
      () => journal.signCheckpoint(9, root(), journal.checkpointKey, `countersign/${'0'.repeat(26)}`),
      ['bad-checkpoint-signature@-'],
    ],
    [
      'claims another size than was signed',
      () => journal.checkpoint().replace('\n9\n', '\n7\n'),
      ['bad-checkpoint-signature@-', 'root-mismatch@-'],
    ],
    ['covers nothing', () => journal.signCheckpoint(0, root(0), journal.checkpointKey), ['wrong-checkpoint-key@-']],
  ])('is refused when it %s', (_why, checkpoint, codes) => {
    expect(problemsOf(verifyJournal(journal, { checkpoint: checkpoint() }))).toEqual(codes);
  });

  it('is signed by the key that was valid at its size', () => {
    const old = journal.checkpointKey;
    journal.rotateCheckpointKey();
    const bySigner = (size: number, key: typeof old): string[] =>
      problemsOf(verifyJournal(journal, { checkpoint: journal.signCheckpoint(size, root(size), key) }));
    expect(bySigner(9, old)).toEqual([]);
    expect(bySigner(10, journal.checkpointKey)).toEqual([]);
    expect(bySigner(10, old)).toEqual(['wrong-checkpoint-key@-']);
    expect(bySigner(9, journal.checkpointKey)).toEqual(['wrong-checkpoint-key@-']);
  });

  it('may carry signatures of keys that nobody here knows', () => {
    const witness = journal.signCheckpoint(9, root(), randomKey(journal.random)).split('\n').at(-2)!;
    const line = witness.replace(journal.origin, 'witness.example');
    expect(problemsOf(verifyJournal(journal, { checkpoint: `${journal.checkpoint()}${line}\n` }))).toEqual([]);
  });
});

describe('the workspace’s public key', () => {
  it.each<[string, () => string | null, string[]]>([
    ['is missing', () => null, ['unreadable@-']],
    ['is no key', () => 'key', ['wrong-checkpoint-key@-']],
    [
      'names another workspace with this one’s key',
      () => `${formatNoteKey(noteKey(new JournalBuilder(55).origin, journal.checkpointKey.publicKey, nodeCrypto))}\n`,
      ['wrong-checkpoint-key@-'],
    ],
    ['is another workspace’s', () => new JournalBuilder(55).vkey, ['wrong-checkpoint-key@-']],
  ])('is refused when it %s', (_why, vkey, codes) => {
    expect(problemsOf(verifyJournal(journal, { vkey: vkey() }))).toEqual(codes);
  });

  it('is the newest after a rotation', () => {
    const { vkey } = journal;
    journal.rotateCheckpointKey();
    expect(problemsOf(verifyJournal(journal, { vkey }))).toEqual(['wrong-checkpoint-key@-']);
  });
});
