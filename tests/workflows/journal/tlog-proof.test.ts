import { sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8, toBase64, utf8 } from '#workflows/journal/bytes.ts';
import { checkpointBody } from '#workflows/journal/checkpoint.ts';
import { formatSignedNote, noteKey } from '#workflows/journal/signed-note.ts';
import { formatTlogProof, parseTlogProof, verifyTlogProof, type TlogProof } from '#workflows/journal/tlog-proof.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { SeededRandom } from '../../journal/seeded-random.ts';
import { ifShared, sharedIsAbsent } from '../../journal/shared-data.ts';
import { randomKey } from '../../journal/test-people.ts';
import { leavesUpTo, treeOf } from './merkle-leaves.ts';
import { noteCases } from './note-cases.ts';

const random = new SeededRandom(1);
const pair = randomKey(random);
const stranger = randomKey(random);
const key = noteKey('desk.example/log', pair.publicKey, nodeCrypto);
const leaves = leavesUpTo(21);
const tree = treeOf(leaves);

const signedCheckpoint = (size: number, root = tree.root(size), signer = pair, origin = key.name): string => {
  const text = checkpointBody({ origin, size: BigInt(size), root });
  const { name, id } = noteKey(origin, signer.publicKey, nodeCrypto);
  return formatSignedNote({ text, signatures: [{ name, id, signature: sign(null, utf8(text), signer.privateKey) }] });
};

const proofOf = (index: number, size: number, more: Partial<TlogProof> = {}): TlogProof => ({
  index: BigInt(index),
  path: tree.inclusionProof(index, size),
  checkpoint: signedCheckpoint(size),
  ...more,
});

const verdictOn = (source: string, index: number): string => {
  const verdict = verifyTlogProof(source, leaves[index]!, key, nodeCrypto);
  return verdict.ok ? `record ${String(verdict.index)} of ${String(verdict.checkpoint.size)}` : verdict.problem;
};

describe.skipIf(sharedIsAbsent)(`published tlog-proofs${ifShared}`, () => {
  it('each is read or refused as its author expects, and written again as it was', () => {
    const cases = noteCases('tlog-proof');
    expect(cases.length).toBeGreaterThan(4);
    for (const { id, proofB64, ok } of cases) {
      const text = fromUtf8(Buffer.from(proofB64, 'base64'))!;
      const proof = parseTlogProof(text);
      expect(proof !== null, id).toBe(ok);
      if (proof) expect(formatTlogProof(proof), id).toBe(text);
    }
  });
});

describe('the text of a proof', () => {
  it('has the lines that C2SP gives, in their order', () => {
    const path = tree.inclusionProof(5, 8);
    const text = formatTlogProof({ index: 5n, path, checkpoint: 'origin\n8\nroot\n\n— sig\n', extra: utf8('more') });
    expect(text).toBe(
      `c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 5\n${path.map((hash) => `${toBase64(hash)}\n`).join('')}\norigin\n8\nroot\n\n— sig\n`,
    );
  });

  it('comes back as it was, with and without extra data', () => {
    const proofs = fc.record(
      {
        index: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        path: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 64 }),
        checkpoint: fc.string({ unit: fc.constantFrom(...'a—\n') }),
        extra: fc.uint8Array({ maxLength: 40 }),
      },
      { requiredKeys: ['index', 'path', 'checkpoint'] },
    );
    fc.assert(
      fc.property(proofs, (proof) => {
        const again = parseTlogProof(formatTlogProof(proof));
        expect(again && { ...again, path: again.path.map((hash) => [...hash]) }).toEqual({
          ...proof,
          path: proof.path.map((hash) => [...hash]),
          ...(proof.extra ? { extra: Uint8Array.from(proof.extra) } : {}),
        });
      }),
      { numRuns: 50 },
    );
  });

  const good = formatTlogProof(proofOf(5, 8));
  const hash = toBase64(tree.leaf(0));

  it.each<[string, string]>([
    ['is empty', ''],
    ['has another header', good.replace('@v1', '@v2')],
    ['has a space behind its header', good.replace('@v1', '@v1 ')],
    ['has white space before its header', ` ${good}`],
    ['has no header', good.slice(good.indexOf('\n') + 1)],
    ['has no index', good.replace('index 5\n', '')],
    ['has its index behind the path', good.replace(/(index 5\n)([^\n]+\n)/, '$2$1')],
    ['has two indexes', good.replace('index 5', 'index 5\nindex 5')],
    ['has an index with a leading zero', good.replace('index 5', 'index 05')],
    ['has a negative index', good.replace('index 5', 'index -5')],
    ['has an index with a sign', good.replace('index 5', 'index +5')],
    ['has an index in hex', good.replace('index 5', 'index 0x5')],
    ['has no number for an index', good.replace('index 5', 'index ')],
    ['has a space behind its index', good.replace('index 5', 'index 5 ')],
    ['has an index of 2^64', good.replace('index 5', 'index 18446744073709551616')],
    ['has extra data behind the index', good.replace('index 5', 'index 5\nextra AAAA')],
    ['has extra data twice', good.replace('index 5', 'extra AAAA\nextra AAAA\nindex 5')],
    ['has extra data that is no base64', good.replace('index 5', 'extra !\nindex 5')],
    ['has extra data with base64 that is not canonical', good.replace('index 5', 'extra AB==\nindex 5')],
    ['has carriage returns', good.replaceAll('\n', '\r\n')],
    ['has no empty line', good.slice(0, good.indexOf('\n\n'))],
    ['has a hash of 31 bytes', good.replace('index 5', `index 5\n${toBase64(new Uint8Array(31))}`)],
    ['has a hash of 64 bytes', good.replace('index 5', `index 5\n${toBase64(new Uint8Array(64))}`)],
    ['has a hash without padding', good.replace('index 5', `index 5\n${hash.replace('=', '')}`)],
    ['has 65 hashes', formatTlogProof({ index: 0n, path: Array(65).fill(tree.leaf(0)), checkpoint: 'x\n' })],
    ['is longer than a million characters', good + 'a'.repeat(1_000_000)],
  ])('is refused when it %s', (_why, source) => {
    expect(parseTlogProof(good)).not.toBeNull();
    expect(parseTlogProof(source)).toBeNull();
  });
});

describe('a proof', () => {
  it('of every record under every checkpoint is verified, with the checkpoint it was made for', () => {
    for (let size = 1; size <= 21; size += 1) {
      for (let index = 0; index < size; index += 1) {
        expect(verdictOn(formatTlogProof(proofOf(index, size)), index)).toBe(
          `record ${String(index)} of ${String(size)}`,
        );
      }
    }
  });

  it('with any one character changed is refused', () => {
    const source = formatTlogProof(proofOf(2, 5));
    const verdicts = [...source].map((character, at) =>
      verdictOn([...source].with(at, character === 'A' ? 'B' : 'A').join(''), 2),
    );
    expect(new Set(verdicts)).toEqual(
      new Set(['malformed', 'bad-checkpoint-signature', 'wrong-checkpoint-key', 'not-included']),
    );
  });

  it('of another record is refused', () => {
    const source = formatTlogProof(proofOf(5, 21));
    for (let index = 0; index < 21; index += 1) {
      if (index !== 5) expect(verdictOn(source, index)).toBe('not-included');
    }
  });

  it('is refused when its path leads to a root that the log did not sign', () => {
    const signed = signedCheckpoint(8);
    const other = treeOf(leavesUpTo(8, 'another history'));
    const changed = (from: string, to: string): string => {
      expect(signed).toContain(from);
      return signed.replace(from, to);
    };
    const forged = changed(toBase64(tree.root(8)), toBase64(other.root()));
    const proof = { index: 5n, path: other.inclusionProof(5), checkpoint: forged };
    const leaf = leavesUpTo(8, 'another history')[5]!;
    expect(verifyTlogProof(formatTlogProof(proof), leaf, key, nodeCrypto)).toEqual({
      ok: false,
      problem: 'bad-checkpoint-signature',
    });
    expect(verdictOn(formatTlogProof(proofOf(5, 8, { checkpoint: changed('\n8\n', '\n9\n') })), 5)).toBe(
      'bad-checkpoint-signature',
    );
  });

  it('is refused when the checkpoint is not signed at all, or by another key of the same name', () => {
    const body = checkpointBody({ origin: key.name, size: 8n, root: tree.root(8) });
    expect(verdictOn(formatTlogProof(proofOf(5, 8, { checkpoint: body })), 5)).toBe('malformed');
    const checkpoint = signedCheckpoint(8, tree.root(8), stranger);
    expect(verdictOn(formatTlogProof(proofOf(5, 8, { checkpoint })), 5)).toBe('wrong-checkpoint-key');
  });

  it('is refused when the checkpoint is another log’s, though the key signed it', () => {
    const checkpoint = signedCheckpoint(8, tree.root(8), pair, 'other.example/log');
    expect(verdictOn(formatTlogProof(proofOf(5, 8, { checkpoint })), 5)).toBe('bad-checkpoint-signature');
    const text = checkpointBody({ origin: 'other.example/log', size: 8n, root: tree.root(8) });
    const signature = sign(null, utf8(text), pair.privateKey);
    const underOurName = formatSignedNote({ text, signatures: [{ name: key.name, id: key.id, signature }] });
    expect(verdictOn(formatTlogProof(proofOf(5, 8, { checkpoint: underOurName })), 5)).toBe('bad-checkpoint-signature');
  });

  it('finds the log’s signature behind those of witnesses', () => {
    const [body = '', line = ''] = signedCheckpoint(8).split('\n\n');
    const witness = signedCheckpoint(8, tree.root(8), stranger, 'witness.example').split('\n\n')[1]!;
    const sameName = signedCheckpoint(8, tree.root(8), stranger).split('\n\n')[1]!;
    const checkpoint = `${body}\n\n${witness}${sameName}${line}`;
    expect(verdictOn(formatTlogProof(proofOf(5, 8, { checkpoint })), 5)).toBe('record 5 of 8');
    expect(verdictOn(formatTlogProof(proofOf(5, 8, { checkpoint: `${body}\n\n${witness}${sameName}` })), 5)).toBe(
      'wrong-checkpoint-key',
    );
  });

  it('is not authenticated in its extra data, which changes no verdict', () => {
    expect(verdictOn(formatTlogProof(proofOf(5, 8, { extra: utf8('anything') })), 5)).toBe('record 5 of 8');
  });
});
