import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { quantile } from '../control.ts';
import { atLeast, atMost, plain, type Figure } from './figures.ts';
import { runPart } from './fork-part.ts';
import { generatedIn, type GeneratedJournal } from './generate-journal.ts';
import type { Rate } from './verification.ts';

const SIZES = [10_000, 100_000, 1_000_000];

/** The promises about rebuilding and memory are about so many records. */
const FULL = 1_000_000;

/** Longest journal that is judged record by record: the rates do not depend on the length. */
const VERIFIED = 100_000;

const STARTS = 5;

/** Fewer of the longest journal, which takes long to open as often as that. */
const LONG_STARTS = 3;
const MEGABYTE = 1_000_000;

interface Measuring {
  /** The built parts. */
  readonly file: string;
  /** Where generated journals are kept from run to run. */
  readonly journals: string;
  readonly max: number;
  readonly say: (message: string) => void;
}

interface Ready extends GeneratedJournal {
  readonly root: string;
  readonly wanted: number;
}

const generated = async (size: number, { file, journals, say }: Measuring): Promise<Ready> => {
  mkdirSync(journals, { recursive: true });
  const root = join(journals, String(size));
  let known = generatedIn(root);
  if (!known) {
    say(`Generating a journal of ${plain(size)} records …`);
    known = await runPart(file, 'generate', { root, size });
  }
  return { ...known, root, wanted: size };
};

const rebuild = async ({ file }: Measuring, journal: Ready): Promise<Figure> => {
  const took = await runPart(file, 'opening', { ...journal, isRebuilt: true });
  const isFull = journal.wanted === FULL;
  return {
    name: `Rebuild without snapshot, ${plain(journal.wanted)} records`,
    value: took / 1000,
    unit: 's',
    ...(isFull ? { promised: atMost(18, 8) } : {}),
    from: 'until the queue is shown; one run',
  };
};

const start = async ({ file }: Measuring, journal: Ready): Promise<Figure> => {
  const starts: number[] = [];
  const most = journal.wanted === FULL ? LONG_STARTS : STARTS;
  for (let count = 0; count < most; count += 1) {
    starts.push(await runPart(file, 'opening', { ...journal, isRebuilt: false }));
  }
  return {
    name: `Start to usable with snapshot, ${plain(journal.wanted)} records`,
    value: quantile(starts, 0.5),
    unit: 'ms',
    promised: atMost(150, 60),
    from: `after imports; median of ${String(most)}`,
  };
};

const flatness = (starts: readonly Figure[]): Figure => {
  const values = starts.map(({ value }) => value);
  return {
    name: 'Start to usable, the slowest size ÷ the fastest',
    value: Math.max(...values) / Math.min(...values),
    unit: '×',
    promised: atMost(1.3, 1.3),
    from: `${String(values.length)} sizes`,
  };
};

const memory = async ({ file }: Measuring, smallest: Ready, largest: Ready): Promise<Figure> => {
  const small = await runPart(file, 'memory', { ...smallest, isRebuilt: false });
  const large = await runPart(file, 'memory', { ...largest, isRebuilt: false });
  const megabytes = (bytes: number): string => plain(bytes / MEGABYTE);
  const parts = `heap ${megabytes(large.heap)}, buffers ${megabytes(large.buffers)}`;
  return {
    name: `Memory of the core, ${plain(largest.wanted)} records`,
    value: large.rss / MEGABYTE,
    unit: 'MB',
    ...(largest.wanted === FULL ? { promised: atMost(150, 110) } : {}),
    from: `whole process after a collection; ${parts}; ${megabytes(small.rss)} with ${plain(smallest.wanted)} records`,
  };
};

const verification = async ({ file }: Measuring, smallest: Ready, journal: Ready): Promise<Figure[]> => {
  const full = await runPart(file, 'fullVerification', { root: smallest.root });
  const { hashesAndProofs, formsAndRules } = await runPart(file, 'verification', { root: journal.root });
  const from = ({ records, perProcessor }: Rate): string =>
    `${plain(records)} records; ${plain(perProcessor)} per second of processor time`;
  return [
    {
      name: 'Verification: hashes and proofs',
      value: hashesAndProofs.rate,
      unit: 'records/s',
      promised: atLeast(100_000, 180_000),
      from: from(hashesAndProofs),
    },
    {
      name: 'Verification: canonical form, table and rules, without signatures',
      value: formsAndRules.rate,
      unit: 'records/s',
      promised: atLeast(20_000, 45_000),
      from: from(formsAndRules),
    },
    {
      name: 'Verification in full, every signature included',
      value: full.rate,
      unit: 'records/s',
      from: from(full),
    },
  ];
};

/** What depends on how long a journal is. */
export const ofGeneratedJournals = async (measuring: Measuring): Promise<Figure[]> => {
  const { max, say } = measuring;
  const starts: Figure[] = [];
  const rebuilds: Figure[] = [];
  const journals: Ready[] = [];
  for (const size of SIZES.filter((each) => each <= max)) {
    const journal = await generated(size, measuring);
    say(`Opening ${plain(size)} records …`);
    rebuilds.push(await rebuild(measuring, journal));
    starts.push(await start(measuring, journal));
    journals.push(journal);
  }
  const [smallest, largest] = [journals[0], journals.at(-1)];
  if (!smallest || !largest) return [];
  say('Memory …');
  const inUse = await memory(measuring, smallest, largest);
  say('Verification …');
  const verified = journals.findLast(({ wanted }) => wanted <= VERIFIED) ?? smallest;
  const rates = await verification(measuring, smallest, verified);
  return [...starts, ...(starts.length > 1 ? [flatness(starts)] : []), ...rebuilds.slice(-1), ...rates, inUse];
};
