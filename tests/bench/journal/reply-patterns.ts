import type { ReplyId } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import type { BenchDesk, Talk } from '../bench-desk.ts';

/** The commands of one reply from its capture to its end, as the program itself recorded them. */
export interface ReplyPattern {
  readonly commands: readonly (readonly JournalRecord[])[];
}

const WORDS = [
  'Sorry about the wait.',
  'We have looked into it.',
  'The part is on its way.',
  'Es tut uns leid, Ihr Paket kommt am Donnerstag.',
];

/** Short questions and long ones, in two languages, by a dozen customers. */
const talks: readonly Talk[] = Array.from({ length: 12 }, (_, index) => ({
  handle: `customer-${String(index)}.example`,
  question: `${'It has not come, and nobody answers the phone. '.repeat(1 + (index % 5))}(${String(index)})`,
  answer: Array.from({ length: 1 + (index % 5) }, (_line, place) => WORDS[(index + place) % WORDS.length]).join(' '),
  language: index % 4 === 3 ? 'de' : 'en',
}));

const patternFrom = (desk: BenchDesk, from: number): ReplyPattern => {
  const commands: JournalRecord[][] = [];
  let isOpen = false;
  for (let seq = from; seq < desk.journal.size; seq += 1) {
    const record = desk.journal.read(seq);
    if (isOpen) commands.at(-1)?.push(record);
    else commands.push([record]);
    isOpen = record.cont === true;
  }
  return { commands };
};

const playToTheEnd = async (desk: BenchDesk, reply: ReplyId): Promise<void> => {
  await (
    await desk.submitting(reply)
  )();
  for (const review of ['comms', 'legal'] as const) {
    await (
      await desk.approving(reply, review)
    )();
  }
  await (
    await desk.releasing(reply)
  )();
  await desk.close(reply);
};

/** Plays a dozen replies through the program, from the customer's post to the end. */
export const playPatterns = async (desk: BenchDesk): Promise<ReplyPattern[]> => {
  const patterns: ReplyPattern[] = [];
  for (const [index, talk] of talks.entries()) {
    const from = desk.journal.size;
    const reply = await desk.drafted(index, talk);
    await playToTheEnd(desk, reply);
    patterns.push(patternFrom(desk, from));
  }
  return patterns;
};
