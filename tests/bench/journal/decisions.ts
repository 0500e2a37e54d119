import type { ReplyId } from '#workflows/identifiers.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import { BenchDesk } from '../bench-desk.ts';
import { BareFlush, processorTime, quantile, timed } from '../control.ts';
import { atLeast, atMost, plain, type Figure } from './figures.ts';

/** As long as a decision's record is, about. */
export const RECORD_BYTES = 1_000;

/** How many decisions wait at once. */
const WAITING = 64;

const once = async (step: Promise<() => Promise<unknown>>): Promise<void> => {
  await (
    await step
  )();
};

/** Replies whose decisions have a line of their own besides: a freshly started program is slower. */
const FIRST = 150;

interface Taken {
  /** Milliseconds of each decision, and of the bare flush before it. */
  readonly decisions: readonly number[];
  readonly flushes: readonly number[];
}

/** Both decisions on each of so many replies, each behind a bare flush of its own. */
const oneByOne = async (desk: BenchDesk, control: BareFlush, replies: number): Promise<Taken> => {
  const flushes: number[] = [];
  const decisions: number[] = [];
  for (let count = 0; count < replies; count += 1) {
    const reply = await desk.drafted(count);
    await once(desk.submitting(reply));
    for (const review of ['comms', 'legal'] as const) {
      const decide = await desk.approving(reply, review);
      flushes.push(await timed(() => control.run()));
      decisions.push(await timed(decide));
    }
  }
  return { decisions, flushes };
};

const share = (name: string, { decisions, flushes }: Taken, at: number, promised?: Figure['promised']): Figure => {
  const [decision, bare] = [quantile(decisions, at), quantile(flushes, at)];
  const from = `${plain(decision)} ms ÷ ${plain(bare)} ms of the bare write and fdatasync, ${String(decisions.length)} each`;
  return { name, value: decision / bare, unit: '×', from, ...(promised ? { promised } : {}) };
};

const both = (one: Taken, other: Taken): Taken => ({
  decisions: [...one.decisions, ...other.decisions],
  flushes: [...one.flushes, ...other.flushes],
});

const oneByOneFigures = (first: Taken, all: Taken): Figure[] => [
  share('Durable signed decision, median', all, 0.5, atMost(3, 2.2)),
  share('Durable signed decision, 99th percentile', all, 0.99, atMost(3.5, 2.5)),
  share('Durable signed decision, 10th percentile, in quiet moments', all, 0.1),
  share('Durable signed decision, median of the first after a start', first, 0.5),
];

/** All replies get a decision at once, each from its own command. */
const atOnce = async (desk: BenchDesk, rounds: number): Promise<Figure> => {
  const rates: number[] = [];
  let processor = 0;
  const round = async (replies: readonly ReplyId[], review: ReviewKind): Promise<void> => {
    const decisions: (() => Promise<unknown>)[] = [];
    for (const reply of replies) decisions.push(await desk.approving(reply, review));
    let took = 0;
    processor += await processorTime(async () => {
      took = await timed(() => Promise.all(decisions.map((decide) => decide())));
    });
    rates.push((replies.length * 1000) / took);
  };
  for (let count = 0; count < rounds; count += 1) {
    const replies: ReplyId[] = [];
    for (let place = 0; place < WAITING; place += 1) {
      const reply = await desk.drafted(place);
      await once(desk.submitting(reply));
      replies.push(reply);
    }
    await round(replies, 'comms');
    await round(replies, 'legal');
  }
  return {
    name: `${String(WAITING)} decisions waiting at once, signed`,
    value: quantile(rates, 0.5),
    unit: 'decisions/s',
    promised: atLeast(5_000, 10_000),
    from: `median of ${String(rates.length)} rounds; ${plain((rates.length * WAITING * 1000) / processor)} per second of processor time`,
  };
};

/** What a decision costs alone, and beside others. */
export const measureDecisions = async ({ root, replies }: { root: string; replies: number }): Promise<Figure[]> => {
  const desk = await BenchDesk.create(root);
  const control = new BareFlush(root, RECORD_BYTES);
  try {
    await desk.warmUp();
    const first = await oneByOne(desk, control, FIRST);
    const later = await oneByOne(desk, control, replies);
    return [...oneByOneFigures(first, both(first, later)), await atOnce(desk, Math.max(3, Math.round(replies / 50)))];
  } finally {
    control.close();
    await desk.end();
  }
};
