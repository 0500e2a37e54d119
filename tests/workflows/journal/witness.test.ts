import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkpointSigner } from '#main/journal/checkpoint-signer.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { toBase64, toHex, utf8 } from '#workflows/journal/bytes.ts';
import { MerkleTree } from '#workflows/journal/merkle-tree.ts';
import { hashLeaf } from '#workflows/journal/merkle.ts';
import { checkpointKeyProofBytes } from '#workflows/journal/record.ts';
import {
  checkpointIn,
  judgeStatement,
  type JournalStatement,
  type KeptCheckpoint,
} from '#workflows/journal/witness.ts';

const ORIGIN = 'countersign/01ARZ3NDEKTSV4RRFFQ69G5FAV';
const THEN = '2026-03-02T09:00:00.000Z';
const NOW = '2026-03-02T10:00:00.000Z';

interface Key {
  readonly privateKey: KeyObject;
  readonly publicKey: Uint8Array;
}

const newKey = (): Key => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32) };
};

const key = newKey();

/** A journal of records that are nothing but their words. */
const treeOf = (...records: readonly string[]): MerkleTree => {
  const tree = new MerkleTree(nodeCrypto);
  for (const record of records) tree.append(hashLeaf(utf8(record), nodeCrypto));
  return tree;
};

const noted = (tree: MerkleTree, { by = key, size = tree.size, origin = ORIGIN } = {}): string =>
  checkpointSigner(by.privateKey, by.publicKey).sign({ origin, size: BigInt(size), root: tree.root(size) });

const keptOf = (tree: MerkleTree, options: Parameters<typeof noted>[1] = {}): KeptCheckpoint => ({
  text: noted(tree, options),
  key: toBase64((options.by ?? key).publicKey),
  seenAt: THEN,
});

const stated = (tree: MerkleTree, from: number, options: Parameters<typeof noted>[1] = {}): JournalStatement => ({
  text: noted(tree, options),
  key: toBase64((options.by ?? key).publicKey),
  rotations: [],
  proof: from > 0 && from < tree.size ? tree.consistencyProof(from).map(toHex) : [],
});

const judge = (kept: KeptCheckpoint | null, statement: JournalStatement) =>
  judgeStatement({ kept, statement, now: NOW }, nodeCrypto);

const reasonOf = (kept: KeptCheckpoint | null, statement: JournalStatement): string => {
  const verdict = judge(kept, statement);
  return verdict.isSound ? 'sound' : verdict.reason;
};

const rotation = (from: Key, to: Key) => {
  const checkpointKey = toBase64(to.publicKey);
  const proof = toBase64(sign(null, checkpointKeyProofBytes(ORIGIN, checkpointKey), from.privateKey));
  return { checkpointKey, proof };
};

const OLD = ['a', 'b', 'c', 'd', 'e'];
const older = treeOf(...OLD);
const newer = treeOf(...OLD, 'f', 'g', 'h');

describe('a client that keeps checkpoints', () => {
  test('takes the first one on trust, with its key and the time', () => {
    const statement = stated(older, 0);
    const verdict = judge(null, statement);
    expect(verdict).toEqual({ isSound: true, kept: { text: statement.text, key: statement.key, seenAt: NOW } });
  });

  test('goes along with a journal that continues what it kept, from every size to every other', () => {
    const whole = treeOf(...'abcdefghijklmnopqrstu');
    for (let from = 0; from <= whole.size; from += 1) {
      for (let size = from; size <= whole.size; size += 1) {
        const now = treeOf(...'abcdefghijklmnopqrstu'.slice(0, size));
        expect(reasonOf(keptOf(whole, { size: from }), stated(now, from))).toBe('sound');
      }
    }
  });

  test('keeps the newer checkpoint then', () => {
    const verdict = judge(keptOf(older), stated(newer, 5));
    expect(verdict.isSound && checkpointIn(verdict.kept)?.size).toBe(8n);
  });

  test('refuses a smaller journal, however well signed', () => {
    expect(reasonOf(keptOf(newer), stated(older, 0))).toBe('rolledBack');
  });

  test('refuses another journal of the same length', () => {
    expect(reasonOf(keptOf(older), stated(treeOf('a', 'b', 'X', 'd', 'e'), 5))).toBe('split');
  });

  test('refuses a longer journal in which anything before was changed, removed, inserted or swapped', () => {
    const others = [
      ['X', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
      ['a', 'b', 'c', 'd', 'X', 'f', 'g', 'h'],
      ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'],
      ['a', 'X', 'b', 'c', 'd', 'e', 'f', 'g'],
      ['b', 'a', 'c', 'd', 'e', 'f', 'g', 'h'],
    ];
    for (const records of others) expect(reasonOf(keptOf(older), stated(treeOf(...records), 5))).toBe('rewritten');
  });

  test('refuses a longer journal without its proof, and with one of another size or with a hash too many', () => {
    const whole = stated(newer, 5);
    const proofs = [
      [],
      newer.consistencyProof(4).map(toHex),
      [...whole.proof, whole.proof[0]!],
      ['00'],
      ['zz'.repeat(32)],
    ];
    for (const proof of proofs) expect(reasonOf(keptOf(older), { ...whole, proof })).toBe('rewritten');
  });

  test('refuses a checkpoint whose size, root or signature was altered', () => {
    const whole = stated(newer, 5);
    const [origin, , root, ...rest] = whole.text.split('\n');
    expect(reasonOf(keptOf(older), { ...whole, text: [origin, '9', root, ...rest].join('\n') })).toBe('badSignature');
    const otherRoot = toBase64(treeOf('x').root());
    expect(reasonOf(keptOf(older), { ...whole, text: [origin, '8', otherRoot, ...rest].join('\n') })).toBe(
      'badSignature',
    );
    const unsigned = `${whole.text.slice(0, whole.text.lastIndexOf('\n\n'))}\n\n`;
    expect(['unreadable', 'badSignature']).toContain(reasonOf(keptOf(older), { ...whole, text: unsigned }));
    expect(reasonOf(null, { ...whole, text: 'no checkpoint' })).toBe('unreadable');
  });

  test('refuses a key that the known one did not vouch for, even where all else is right', () => {
    expect(reasonOf(keptOf(older), stated(newer, 5, { by: newKey() }))).toBe('otherKey');
  });

  test('refuses a checkpoint that is signed by another key than it says', () => {
    const text = noted(newer, { by: newKey() });
    expect(reasonOf(keptOf(older), { ...stated(newer, 5), text })).toBe('badSignature');
  });

  test('follows the checkpoint key through every change that the key before signed, from wherever it comes in', () => {
    const [second, third] = [newKey(), newKey()];
    const rotations = [rotation(key, second), rotation(second, third)];
    const statement = { ...stated(newer, 5, { by: third }), rotations };
    expect(reasonOf(keptOf(older), statement)).toBe('sound');
    expect(reasonOf(keptOf(older, { by: second }), statement)).toBe('sound');
    expect(reasonOf(keptOf(older, { by: third }), statement)).toBe('sound');
    expect(reasonOf(keptOf(older), { ...statement, rotations: rotations.slice(1) })).toBe('otherKey');
    const forged = [{ ...rotation(newKey(), third) }];
    expect(reasonOf(keptOf(older), { ...statement, rotations: forged })).toBe('otherKey');
    // A key that was given up vouches for nobody any more: its owner may be a thief.
    expect(reasonOf(keptOf(older, { by: third }), { ...stated(newer, 5, { by: key }), rotations })).toBe('otherKey');
  });

  test('refuses the checkpoint of another workspace', () => {
    const origin = 'countersign/01ARZ3NDEKTSV4RRFFQ69G5FAW';
    expect(reasonOf(keptOf(older), stated(newer, 5, { origin }))).toBe('unreadable');
  });

  test('shows what it was told when it refuses', () => {
    const verdict = judge(keptOf(newer), stated(older, 0));
    expect(verdict.isSound ? null : verdict.shown?.size).toBe(5n);
  });
});
