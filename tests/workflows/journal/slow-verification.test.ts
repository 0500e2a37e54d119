import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isConsistent, isIncluded, type Hash } from '#workflows/journal/merkle.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { claimOf, leavesUpTo, sinceOf, treeOf } from './merkle-leaves.ts';
import { slowIsConsistent, slowIsIncluded } from './slow-verification.ts';

const tree = treeOf(leavesUpTo(200));
const hash = (index: number): Hash => tree.leaf(index % 200);

/** What a liar may do to the hashes of a proof; `at` and `from` say where and with what. */
const CHANGES: readonly ((proof: readonly Hash[], at: number, from: number) => Hash[])[] = [
  (proof) => [...proof],
  (proof, at) => proof.toSpliced(at, 1),
  (proof, at, from) => proof.toSpliced(at, 0, hash(from)),
  (proof, at, from) => (at < proof.length ? proof.with(at, hash(from)) : [...proof]),
  (proof) => proof.toReversed(),
  () => [],
];

const lies = fc.record({
  size: fc.integer({ min: 1, max: 200 }),
  part: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  change: fc.nat({ max: CHANGES.length - 1 }),
  at: fc.nat({ max: 8 }),
  from: fc.nat({ max: 199 }),
  shift: fc.constantFrom(0n, 0n, 0n, 1n, -1n, 2n ** 53n),
  grow: fc.constantFrom(0n, 0n, 0n, 1n, -1n, 2n ** 53n),
});

describe('the verdict on a proof is that of the steps of RFC 9162, whatever is changed in it', () => {
  it('on inclusion', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(lies, ({ size, part, change, at, from, shift, grow }) => {
        const claim = claimOf(tree, Math.floor(part * size), size);
        const lie = {
          ...claim,
          index: claim.index + shift,
          size: claim.size + grow,
          proof: CHANGES[change]!(claim.proof, at, from),
        };
        fc.pre(lie.index >= 0n && lie.size >= 1n);
        const verdict = isIncluded(lie, nodeCrypto);
        seen.add(verdict);
        expect(verdict).toBe(slowIsIncluded(lie.index, lie.size, lie.leafHash, lie.proof, lie.root));
      }),
      { numRuns: 2000 },
    );
    expect(seen.size).toBe(2);
  });

  it('on consistency', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(lies, ({ size, part, change, at, from, shift, grow }) => {
        const claim = sinceOf(tree, 1 + Math.floor(part * size), size);
        const lie = {
          ...claim,
          oldSize: claim.oldSize + shift,
          size: claim.size + grow,
          proof: CHANGES[change]!(claim.proof, at, from),
        };
        fc.pre(lie.oldSize >= 1n && lie.size >= 1n);
        const verdict = isConsistent(lie, nodeCrypto);
        seen.add(verdict);
        expect(verdict).toBe(slowIsConsistent(lie.oldSize, lie.oldRoot, lie.size, lie.root, lie.proof));
      }),
      { numRuns: 2000 },
    );
    expect(seen.size).toBe(2);
  });
});
