import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { isConsistent, isIncluded } from '#workflows/journal/merkle.ts';
import { parseNoteKey, verifyNote } from '#workflows/journal/signed-note.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import {
  ifShared,
  readSharedJson,
  readSharedText,
  sharedFiles,
  sharedIsAbsent,
  sharedPath,
} from '../../journal/shared-data.ts';
import { treeOf } from './merkle-leaves.ts';
import { merkleProbes, type MerkleProbe } from './merkle-probes.ts';
import { noteCases } from './note-cases.ts';

/** The probes whose verdict is not their author's. */
const wronglyJudged = (probes: readonly MerkleProbe[], judge: (probe: MerkleProbe) => boolean): string[] =>
  probes.filter((probe) => judge(probe) === probe.wantErr).map(({ name }) => name);

const consistencyOf = (probe: MerkleProbe, [oldSize, size]: readonly [string, string]): boolean =>
  isConsistent(
    {
      oldSize: probe.number(oldSize),
      oldRoot: probe.hash('root1'),
      size: probe.number(size),
      root: probe.hash('root2'),
      proof: probe.proof,
    },
    nodeCrypto,
  );

/** Smallest power of two that is not below a positive number. */
const powerFrom = (number: bigint): bigint => {
  let power = 1n;
  while (power < number) power *= 2n;
  return power;
};

describe.skipIf(sharedIsAbsent)(`published Merkle probes${ifShared}`, () => {
  it('each claim of inclusion gets the verdict that its author expects', () => {
    const probes = merkleProbes('inclusion');
    expect(probes.length).toBeGreaterThan(40);
    expect(
      wronglyJudged(probes, (probe) =>
        isIncluded(
          {
            leafHash: probe.hash('leafHash'),
            index: probe.number('leafIdx'),
            size: probe.number('treeSize'),
            root: probe.hash('root'),
            proof: probe.proof,
          },
          nodeCrypto,
        ),
      ),
    ).toEqual([]);
  });

  it('each claim of consistency gets the verdict that its author expects', () => {
    const probes = merkleProbes('consistency');
    expect(probes.length).toBeGreaterThan(40);
    expect(wronglyJudged(probes, (probe) => consistencyOf(probe, ['size1', 'size2']))).toEqual([]);
  });

  // The journal proves nothing from subtrees (draft-ietf-plants-merkle-tree-certs); a valid one is a tree of its own.
  it('each claim of inclusion in a subtree gets it too, the subtree being taken as a tree', () => {
    const probes = merkleProbes('subtreeinclusion');
    expect(probes.length).toBeGreaterThan(90);
    expect(
      wronglyJudged(probes, (probe) => {
        const [start, end] = [probe.number('start'), probe.number('end')];
        const claim = {
          leafHash: probe.hash('leafHash'),
          index: probe.number('leafIdx') - start,
          size: end - start,
          root: probe.hash('root'),
          proof: probe.proof,
        };
        return start < end && start % powerFrom(end - start) === 0n && isIncluded(claim, nodeCrypto);
      }),
    ).toEqual([]);
  });

  // Of a subtree that does not begin at leaf 0 RFC 9162 says nothing; the seven such probes are left out.
  it('each claim of consistency of a subtree that begins at leaf 0 gets it too, but for the empty one', () => {
    const probes = merkleProbes('subtreeconsistency').filter((probe) => probe.number('start') === 0n);
    expect(probes.length).toBeGreaterThan(50);
    const wrong = wronglyJudged(probes, (probe) => consistencyOf(probe, ['end', 'size']));
    // There the empty subtree is part of every tree. Here a proof from size 0 is refused, because it proves nothing.
    expect(wrong).toEqual(
      probes.filter((probe) => probe.number('end') === 0n && !probe.wantErr).map(({ name }) => name),
    );
  });
});

describe.skipIf(sharedIsAbsent)(`published trees${ifShared}`, () => {
  it('the tree of eight leaves has the known roots at every size, and the known subtrees', () => {
    const known = readSharedJson('vectors', 'merkle', 'known-answer', 'rfc6962-8-leaves.json') as {
      leavesHex: string[];
      rootsHexBySize: string[];
      /** All of one level before those of the next. */
      nodesHexLevelOrder: string[];
    };
    const tree = treeOf(known.leavesHex.map((leaf) => fromHex(leaf)));
    expect(known.rootsHexBySize).toHaveLength(9);
    expect(known.rootsHexBySize.map((_, size) => toHex(tree.root(size)))).toEqual(known.rootsHexBySize);
    const nodes = [8, 4, 2, 1].flatMap((width, level) =>
      Array.from({ length: width }, (_, index) => toHex(tree.subtree(level, index))),
    );
    expect(nodes).toEqual(known.nodesHexLevelOrder);
  });

  const entries = (): string[] => readSharedJson('vectors', 'merkle', 'tessera-log', 'entries.json') as string[];
  const logTree = () => treeOf(entries().map((entry) => utf8(entry)));
  const checkpoints = () => {
    const names = sharedFiles('', 'vectors', 'note', 'tessera-log').filter((name) => name.startsWith('checkpoint'));
    expect(names.length).toBeGreaterThan(5);
    return names.map((name) => parseSignedCheckpoint(readSharedText('vectors', 'note', 'tessera-log', name))!);
  };

  it('the tree over the entries of another program has the roots that its signed checkpoints name', () => {
    const tree = logTree();
    const key = parseNoteKey(readSharedText('vectors', 'note', 'tessera-log', 'vkey.txt').trim(), nodeCrypto)!;
    for (const { note, checkpoint } of checkpoints()) {
      expect(verifyNote(note, key, nodeCrypto)).toBe('verified');
      expect(toBase64(tree.root(Number(checkpoint.size)))).toBe(toBase64(checkpoint.root));
    }
  });

  it('any checkpoint of the other program continues any that is older, and none continues a newer one', () => {
    const tree = logTree();
    const all = checkpoints().map(({ checkpoint }) => checkpoint);
    for (const older of all) {
      for (const newer of all) {
        const isOlder = older.size <= newer.size && older.size > 0n;
        const proof = isOlder ? tree.consistencyProof(Number(older.size), Number(newer.size)) : [];
        const claim = { oldSize: older.size, oldRoot: older.root, size: newer.size, root: newer.root, proof };
        expect(isConsistent(claim, nodeCrypto), `${String(older.size)} to ${String(newer.size)}`).toBe(isOlder);
      }
    }
  });

  it('the other program’s tiles and bundles of entries hold the same hashes and entries', () => {
    const tree = logTree();
    const tiles = sharedFiles('', 'vectors', 'merkle', 'tessera-log', 'tile', '0', '000.p');
    expect(tiles.length).toBeGreaterThan(5);
    for (const count of tiles) {
      const hashes = readFileSync(sharedPath('vectors', 'merkle', 'tessera-log', 'tile', '0', '000.p', count));
      const ours = Array.from({ length: Number(count) }, (_, index) => tree.leaf(index));
      expect(hashes, count).toEqual(Buffer.concat(ours));
      const bundle = readFileSync(sharedPath('vectors', 'merkle', 'tessera-log', 'tile', 'entries', '000.p', count));
      const framed = entries()
        .slice(0, Number(count))
        .map((entry) => Buffer.concat([Buffer.of(0, Buffer.byteLength(entry)), Buffer.from(entry)]));
      expect(bundle, count).toEqual(Buffer.concat(framed));
    }
  });

  // What a witness answers besides depends on what it saw before (409), which is no matter of one checkpoint.
  it('the checkpoints that a witness refuses for their signature or their proof are refused for the same', () => {
    const cases = noteCases('witness-add-checkpoint').map(({ noteB64, vkeys, ...one }) => {
      const { note, checkpoint } = parseSignedCheckpoint(fromUtf8(Buffer.from(noteB64, 'base64'))!)!;
      const verdict = verifyNote(note, parseNoteKey(vkeys[0]!, nodeCrypto)!, nodeCrypto);
      return { ...one, checkpoint, verdict };
    });
    expect(cases.length).toBeGreaterThan(4);
    const proofs = new Map<number, boolean[]>();
    for (const { checkpoint, verdict, oldSize, proof, httpStatus, id } of cases) {
      expect(verdict, id).toBe(httpStatus === 403 ? 'absent' : 'verified');
      const old = cases.find(
        (one) => one.checkpoint.size === BigInt(oldSize) && one.checkpoint.origin === checkpoint.origin,
      );
      if (!old) continue;
      const hashes = proof.map((hash) => fromBase64(hash)!);
      const { size, root } = checkpoint;
      const claim = { oldSize: BigInt(oldSize), oldRoot: old.checkpoint.root, size, root, proof: hashes };
      proofs.set(httpStatus, [...(proofs.get(httpStatus) ?? []), isConsistent(claim, nodeCrypto)]);
    }
    expect(proofs.get(422)).toContain(false);
    expect(proofs.get(422)).not.toContain(true);
    expect([...(proofs.get(200) ?? []), ...(proofs.get(409) ?? [])]).not.toContain(false);
    expect(proofs.get(409)).toContain(true);
  });
});
