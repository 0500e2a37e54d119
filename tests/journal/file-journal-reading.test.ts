import { readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { hashLeaf, isIncluded } from '#workflows/journal/merkle.ts';
import { leafBytes } from '#workflows/journal/record.ts';
import { noteKey, verifyNote } from '#workflows/journal/signed-note.ts';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { HonestDesk } from './honest-desk.ts';
import type { OpenedDesk } from './open-journal.ts';
import { listingOf, segmentPath } from './workspace-folder.ts';
import { Bench } from './bench.ts';

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

/** Everything that a reader can ask a journal. */
const contentOf = ({ journal }: OpenedDesk): object => ({
  size: journal.size,
  root: journal.root(),
  origin: journal.origin,
  registry: journal.registry.state,
  records: Array.from({ length: journal.size }, (_, seq) => journal.read(seq)),
});

describe('reading', () => {
  it('gives records, their bytes, places and commands', async () => {
    const desk = await bench.open();
    const command = bench.random.ulid();
    const reply = `reply/${bench.random.ulid()}` as const;
    const placed = await desk.journal.append(
      bench.command(desk, [bench.claim(reply), bench.look(), bench.claim(reply)], { command }),
    );
    const { journal } = desk;
    for (const record of placed) expect(journal.readBytes(record.seq)).toEqual(leafBytes(record));
    expect(journal.placesOf(reply)).toEqual([9, 11]);
    expect(journal.placesOf('audit')).toEqual([10]);
    expect(journal.placesOf('policy')).toEqual([]);
    expect(journal.recordsOfCommand(command)).toEqual(placed);
    expect(journal.recordsOfCommand(bench.random.ulid())).toBeNull();
    expect(journal.recordsOfCommand(bench.cast.journal.records[2]!.command)).toEqual(
      bench.cast.journal.records.slice(1, 3),
    );
    expect(journal.head(reply).count).toBe(2);
    expect(() => journal.read(12)).toThrow(RangeError);
    expect(() => journal.read(-1)).toThrow(RangeError);
  });

  it('gives the root of every size so far and of none beyond', async () => {
    const { journal } = await bench.open();
    for (let size = 0; size <= 9; size += 1) {
      expect(journal.root(size)).toBe(Buffer.from(bench.cast.journal.state.tree.root(size)).toString('base64'));
    }
    expect(() => journal.root(10)).toThrow(RangeError);
  });

  it('proves every record in the tree of a signed checkpoint', async () => {
    const desk = await bench.open();
    await desk.journal.append(bench.command(desk, [bench.claim(), bench.look()]));
    for (let seq = 0; seq < desk.journal.size; seq += 1) {
      const { leafHash, size, path, root, checkpoint } = desk.journal.proveInclusion(seq);
      expect(toHex(leafHash)).toBe(toHex(hashLeaf(desk.journal.readBytes(seq), nodeCrypto)));
      const claimed = { leafHash, index: BigInt(seq), size: BigInt(size), proof: path, root };
      expect(isIncluded(claimed, nodeCrypto)).toBe(true);
      expect(isIncluded({ ...claimed, index: BigInt((seq + 1) % size) }, nodeCrypto)).toBe(false);
      const signed = parseSignedCheckpoint(checkpoint)!;
      expect(signed.checkpoint).toEqual({ origin: bench.cast.journal.origin, size: 11n, root });
      const key = noteKey(bench.cast.journal.origin, bench.cast.journal.checkpointKey.publicKey, nodeCrypto);
      expect(verifyNote(signed.note, key, nodeCrypto)).toBe('verified');
    }
  });

  it('gives the same after the journal was opened again', async () => {
    const desk = await bench.open({ segmentBytes: 4000 });
    const honest = new HonestDesk(bench.cast, bench.random);
    for (let count = 0; count < 20; count += 1) await desk.journal.append(bench.command(desk, honest.next()));
    const before = contentOf(desk);
    desk.journal.close();
    const files = listingOf(bench.folder);
    const reopened = await bench.open({ segmentBytes: 4000 });
    expect(reopened.recovery).toBeNull();
    expect(reopened.journal.readOnly).toBeNull();
    expect(contentOf(reopened)).toEqual(before);
    reopened.journal.close();
    expect(listingOf(bench.folder)).toEqual(files);
  });

  it('gives records one after the other as it gives each, across segments and blocks, from any place to any other', async () => {
    const desk = await bench.open({ segmentBytes: 200_000 });
    for (let count = 0; count < 900; count += 1) await desk.journal.append(bench.command(desk, [bench.look()]));
    const each = Array.from({ length: desk.journal.size }, (_, seq) => desk.journal.read(seq));
    expect([...desk.journal.readFrom(0)]).toEqual(each);
    for (const [from, to] of [
      [0, 1],
      [5, 5],
      [3, 400],
      [899, desk.journal.size],
    ] as const) {
      expect([...desk.journal.readFrom(from, to)]).toEqual(each.slice(from, to));
    }
  });

  it('gives nothing that was not written, wherever in a block it stands', async () => {
    const desk = await bench.open();
    const path = segmentPath(bench.folder);
    const bytes = readFileSync(path);
    const place = bytes.indexOf(leafBytes(desk.journal.read(5)));
    bytes[place + 20] = (bytes[place + 20] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const read: number[] = [];
    expect(() => {
      for (const { seq } of desk.journal.readFrom(2)) read.push(seq);
    }).toThrow('record 5 on the disk is not the one that was written');
    expect(read).toEqual([2, 3, 4]);
  });
});
