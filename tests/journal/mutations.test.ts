import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import { JournalBuilder } from './build-journal.ts';
import { honestJournal } from './honest-journal.ts';
import { HonestWorkflow } from './honest-workflow.ts';
import { SeededRandom } from './seeded-random.ts';
import { problemsOf, verifyJournal } from './verify-leaves.ts';
import { checkpointPath, segmentOf, segmentPath, workspaceOf } from './workspace-folder.ts';

// Tens of thousands of verifications: fifteen seconds on a machine at rest, more on a busy one.
vi.setConfig({ testTimeout: 180_000 });

/** `npm run test:deep` flips every bit of forty records and judges ten times as many honest journals. */
const isDeep = process.env.COUNTERSIGN_DEEP === '1';
/** Seeds of the honest journals, from this one on; printed with each failure. */
const FIRST_SEED = 1000;
const HONEST_JOURNALS = isDeep ? 1000 : 100;

/** Four records, two commands after record 0, people and program. */
const smallJournal = (): JournalBuilder => {
  const journal = new JournalBuilder(4);
  const { founder } = journal;
  journal.command(
    { type: 'audit.read', subject: 'audit', by: founder, data: { what: 'log', subject: null } },
    { type: 'channel.removed', subject: `channel/${journal.random.ulid()}`, by: founder, data: {} },
  );
  const [from, to] = ['2026-11-02T08:00:00.000Z', '2026-11-05T08:00:00.000Z'];
  journal.command({ type: 'clock.jumped', subject: 'clock', by: 'program', data: { from, to } });
  return journal;
};

/** The lines that a segment's bytes hold; what has no LF behind it is no record. */
const linesOf = (bytes: Buffer): Uint8Array[] => {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(new Uint8Array(bytes.subarray(start, end)));
    start = end + 1;
  }
  return lines;
};

type Change = readonly [name: string, bytes: Uint8Array];

/** Verifies a segment in memory as it is after each change; names the changes that went unnoticed. */
const unnoticed = (journal: JournalBuilder, changes: Iterable<Change>): string[] => {
  const [checkpoint, vkey] = [journal.checkpoint(), journal.vkey];
  const names: string[] = [];
  for (const [name, bytes] of changes) {
    if (verifyJournal(journal, { leaves: linesOf(Buffer.from(bytes)), checkpoint, vkey }).ok) names.push(name);
  }
  return names;
};

/** The same for the changes of a checkpoint. */
const unnoticedInCheckpoint = (journal: JournalBuilder, changes: Iterable<Change>): string[] =>
  [...changes]
    .filter(([, bytes]) => verifyJournal(journal, { checkpoint: Buffer.from(bytes).toString('utf8') }).ok)
    .map(([name]) => name);

/** The same on the disk, through the program's own reading of files. */
const unnoticedOnDisk = async (folder: string, path: string, changes: Iterable<Change>): Promise<string[]> => {
  const names: string[] = [];
  for (const [name, bytes] of changes) {
    writeFileSync(path, bytes);
    if ((await verifyWorkspace(folder)).ok) names.push(name);
  }
  return names;
};

function* bitFlips(bytes: Uint8Array): Generator<Change> {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const changed = bytes.slice();
    changed[bit >> 3]! ^= 1 << (bit & 7);
    yield [`bit ${String(bit & 7)} of byte ${String(bit >> 3)}`, changed];
  }
}

function* truncations(bytes: Uint8Array): Generator<Change> {
  for (let length = 0; length < bytes.length; length += 1) yield [`at ${String(length)}`, bytes.slice(0, length)];
}

/** Every 29th change, or as many as are asked for: an odd number meets all eight bits of a byte in turn. */
function* someOf(changes: Iterable<Change>, every = 29): Generator<Change> {
  let count = 0;
  for (const change of changes) {
    if (count % every === 0) yield change;
    count += 1;
  }
}

describe('a journal of four records', () => {
  const journal = smallJournal();
  const segment = segmentOf(journal.leaves);

  it('is sound before anything is done to it', async () => {
    expect(journal.size).toBe(4);
    expect(linesOf(Buffer.from(segment))).toEqual(journal.leaves.map((leaf) => new Uint8Array(leaf)));
    expect(await verifyWorkspace(workspaceOf(journal))).toMatchObject({ ok: true, size: 4, notes: [] });
  });

  it('is refused with any single bit of a record flipped', () => {
    expect(unnoticed(journal, bitFlips(segment))).toEqual([]);
  });

  it('is refused with any single bit of its checkpoint flipped, or cut off at any byte', () => {
    const checkpoint = Buffer.from(journal.checkpoint());
    expect(unnoticedInCheckpoint(journal, bitFlips(checkpoint))).toEqual([]);
    expect(unnoticedInCheckpoint(journal, truncations(checkpoint))).toEqual([]);
  });

  it('is refused when it is cut off at any byte', () => {
    expect(unnoticed(journal, truncations(segment))).toEqual([]);
  });

  it('is refused with bits of its files flipped, or cut off, on the disk', async () => {
    const folder = workspaceOf(journal);
    const [path, checkpointFile] = [segmentPath(folder), checkpointPath(folder)];
    const checkpoint = readFileSync(checkpointFile);
    expect(await unnoticedOnDisk(folder, path, someOf(bitFlips(segment)))).toEqual([]);
    expect(await unnoticedOnDisk(folder, path, someOf(truncations(segment)))).toEqual([]);
    writeFileSync(path, segment);
    expect(await unnoticedOnDisk(folder, checkpointFile, someOf(bitFlips(checkpoint)))).toEqual([]);
    expect(await unnoticedOnDisk(folder, checkpointFile, someOf(truncations(checkpoint)))).toEqual([]);
  });

  it('is refused with any byte of a record removed or written twice', () => {
    const changes = Array.from(segment, (_, at): Change[] => [
      [`without ${String(at)}`, Buffer.concat([segment.subarray(0, at), segment.subarray(at + 1)])],
      [`twice ${String(at)}`, Buffer.concat([segment.subarray(0, at + 1), segment.subarray(at)])],
    ]).flat();
    expect(unnoticed(journal, changes)).toEqual([]);
  });
});

describe('a journal of forty records', () => {
  const { journal } = honestJournal(40, 40);
  const { leaves, size } = journal;
  /** The last command's records, and some more, lie beyond the checkpoint. */
  const covered = journal.records.findLastIndex(({ cont }, seq) => seq < size - 5 && !cont) + 1;
  const checkpoint = journal.checkpoint(covered);
  const newest = journal.checkpoint();

  /** Refused, or at least noted when nothing that the checkpoint covers was touched. */
  const expectNoticed = (name: string, changed: readonly Uint8Array[], firstTouched: number): void => {
    expect(verifyJournal(journal, { leaves: changed, checkpoint: newest }).ok, name).toBe(false);
    const { ok, notes } = verifyJournal(journal, { leaves: changed, checkpoint });
    if (firstTouched < covered) expect(ok, name).toBe(false);
    else expect(!ok || notes.length > 0, name).toBe(true);
  };

  it('is sound before anything is done to it', () => {
    expect(size).toBeGreaterThanOrEqual(40);
    expect(size - covered).toBeGreaterThanOrEqual(5);
    expect(problemsOf(verifyJournal(journal))).toEqual([]);
    expect(problemsOf(verifyJournal(journal, { checkpoint }))).toEqual([]);
  });

  it(`is refused with ${isDeep ? 'any' : 'one'} bit of its records flipped`, () => {
    if (isDeep) process.stdout.write('every flip of forty records: seed 40\n');
    expect(unnoticed(journal, someOf(bitFlips(segmentOf(leaves)), isDeep ? 1 : 1999))).toEqual([]);
  });

  it('does not lose a record unnoticed', () => {
    for (let seq = 0; seq < size; seq += 1) {
      expectNoticed(`without ${String(seq)}`, leaves.toSpliced(seq, 1), seq);
    }
  });

  it('does not lose its end unnoticed, unless it ends exactly at the checkpoint', () => {
    for (let end = 0; end < size; end += 1) {
      if (end === covered) {
        const { ok, notes } = verifyJournal(journal, { leaves: leaves.slice(0, end), checkpoint, vkey: vkeyAt(end) });
        expect({ ok, notes }).toEqual({ ok: true, notes: [] });
      } else expectNoticed(`only ${String(end)}`, leaves.slice(0, end), end);
    }
  });

  it('does not have neighbours swapped unnoticed', () => {
    for (let seq = 0; seq + 1 < size; seq += 1) {
      const swapped = leaves.with(seq, leaves[seq + 1]!).with(seq + 1, leaves[seq]!);
      expectNoticed(`${String(seq)} swapped`, swapped, seq);
    }
  });

  it('does not have a record twice unnoticed, next to itself or at the end', () => {
    for (let seq = 0; seq < size; seq += 1) {
      expectNoticed(`${String(seq)} twice`, leaves.toSpliced(seq, 0, leaves[seq]!), seq);
      expectNoticed(`${String(seq)} again at the end`, [...leaves, leaves[seq]!], size);
    }
  });

  it('does not take in the records of another workspace unnoticed', () => {
    const other = honestJournal(41, 40).journal;
    for (let seq = 0; seq < size; seq += 1) {
      expectNoticed(`${String(seq)} of another`, leaves.with(seq, other.leaves[seq]!), seq);
    }
  });

  /** The key that the journal names at a size: the workspace's file is of that time. */
  const vkeyAt = (end: number): string => {
    const rotatedLater = journal.records.slice(end).some(({ type }) => type === 'workspace.keyRotated');
    expect(rotatedLater).toBe(false);
    return journal.vkey;
  };
});

describe('honest journals', () => {
  it(`raise no false alarm, ${String(HONEST_JOURNALS)} of them, however their segments are cut`, async () => {
    if (isDeep)
      process.stdout.write(`honest journals: seeds from ${String(FIRST_SEED)} on
`);
    for (let seed = FIRST_SEED; seed < FIRST_SEED + HONEST_JOURNALS; seed += 1) {
      const { journal } = honestJournal(seed, 10 + (seed % 40));
      const random = new SeededRandom(seed);
      const splits = [...new Set([1, 2, 3].map(() => random.between(1, journal.size - 1)))].sort((a, b) => a - b);
      const { ok, notes, problems } = await verifyWorkspace(workspaceOf(journal, { splits }));
      expect({ seed, ok, notes, problems }).toEqual({ seed, ok: true, notes: [], problems: [] });
    }
  });

  it(`whose workflow is honest raise none with the rules either, ${String(HONEST_JOURNALS)} of them`, () => {
    const types = new Set<string>();
    for (let seed = FIRST_SEED; seed < FIRST_SEED + HONEST_JOURNALS; seed += 1) {
      const desk = new HonestWorkflow(seed).play(60);
      expect({ seed, problems: desk.problems }).toEqual({ seed, problems: [] });
      for (const { type } of desk.cast.journal.records) types.add(type);
    }
    // They went everywhere: nothing is said of what never happens.
    for (const type of ['publishing.resumed', 'template.retired', 'policy.approved', 'subject.erased', 'hold.lifted'])
      expect(types).toContain(type);
    for (const type of ['reply.recalled', 'reply.scheduled', 'reply.unscheduled', 'publication.failed'])
      expect(types).toContain(type);
    expect(types).toContain('publication.unknown');
  });
});
