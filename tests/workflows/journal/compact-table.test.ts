import { describe, expect, it } from 'vitest';
import { BitSet } from '#workflows/journal/bit-set.ts';
import { CompactTable } from '#workflows/journal/compact-table.ts';
import { packSubject, packUlid, SUBJECT_BYTES, ULID_BYTES } from '#workflows/journal/packed-names.ts';
import { MANY_KINDS, ONE_KINDS } from '#workflows/identifiers.ts';
import { SeededRandom } from '../../journal/seeded-random.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const packedUlid = (ulid: string): Uint8Array => {
  const bytes = new Uint8Array(ULID_BYTES);
  packUlid(ulid, 0, bytes, 0);
  return bytes;
};

const packedSubject = (subject: string): Uint8Array => {
  const bytes = new Uint8Array(SUBJECT_BYTES).fill(0xee);
  packSubject(subject, bytes);
  return bytes;
};

describe('a table of fixed-length rows', () => {
  it('remembers like a map, over many chunks and growths of its index', () => {
    const random = new SeededRandom(1);
    const table = new CompactTable(4, 2);
    const map = new Map<string, number>();
    for (let step = 0; step < 60_000; step += 1) {
      const key = Uint8Array.of(7, random.below(3), random.below(256), random.below(256));
      const row = table.findOrAdd(key);
      expect([row[0], row[1]]).toEqual([(map.get(String(key)) ?? 0) & 255, (map.get(String(key)) ?? 0) >> 8]);
      row.set([step & 255, (step >> 8) & 255]);
      map.set(String(key), step & 0xffff);
    }
    expect(table.count).toBe(map.size);
    expect(map.size).toBeGreaterThan(40_000);
    for (const [name, value] of map) {
      const row = table.find(Uint8Array.from(name.split(','), Number));
      expect([row?.[0], row?.[1]]).toEqual([value & 255, value >> 8]);
    }
    const rows = [...table.rows()].map(({ key, value }) => [String(key), (value[0] ?? 0) + (value[1] ?? 0) * 256]);
    expect(rows).toEqual([...map]);
    expect(table.find(Uint8Array.of(8, 0, 0, 0))).toBeNull();
  });

  it('tells keys apart that differ in any one bit', () => {
    const table = new CompactTable(ULID_BYTES, 0);
    const key = new SeededRandom(2).bytes(ULID_BYTES);
    table.findOrAdd(key);
    for (let bit = 0; bit < ULID_BYTES * 8; bit += 1) {
      const other = key.slice();
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(table.find(other), String(bit)).toBeNull();
    }
    expect(table.find(key)).not.toBeNull();
  });
});

describe('a set of bits', () => {
  it('holds what was added and nothing else', () => {
    const set = new BitSet();
    const added = [0, 7, 8, 1023, 1024, 70_001];
    for (const index of added) set.add(index);
    const held = Array.from({ length: 80_000 }, (_, index) => index).filter((index) => set.has(index));
    expect(held).toEqual(added);
    expect(set.has(-1)).toBe(false);
  });
});

describe('packed names', () => {
  it('are the 128 bits of a ULID, the highest first', () => {
    const random = new SeededRandom(3);
    for (const ulid of [...Array.from({ length: 500 }, () => random.ulid()), '7'.padEnd(26, 'Z'), '0'.repeat(26)]) {
      const value = [...ulid].reduce((sum, digit) => sum * 32n + BigInt(CROCKFORD.indexOf(digit)), 0n);
      expect(Buffer.from(packedUlid(ulid)).toString('hex')).toBe(value.toString(16).padStart(32, '0'));
    }
  });

  it('differ for every kind of subject, also with one ULID', () => {
    const ulid = new SeededRandom(4).ulid();
    const subjects = [...ONE_KINDS, ...MANY_KINDS.map((kind) => `${kind}/${ulid}`)];
    expect(new Set(subjects.map((subject) => String(packedSubject(subject)))).size).toBe(subjects.length);
    expect(packedSubject(`person/${ulid}`).slice(1)).toEqual(packedUlid(ulid));
  });
});
