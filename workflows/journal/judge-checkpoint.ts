import { equalBytes } from './bytes.ts';
import { parseSignedCheckpoint } from './checkpoint.ts';
import type { CryptoPort } from './crypto-port.ts';
import type { GrowingTree, JournalPlaces } from './journal-state.ts';
import { noteKey, verifyNote, type SignedNote } from './signed-note.ts';
import type { Problem, ProblemCode } from './verify.ts';

/** The journal's own newest checkpoint, or an older one that somebody kept elsewhere. */
export type CheckpointKind = 'newest' | 'kept';

export interface CheckpointJudgement {
  readonly problems: readonly Problem[];
  /** Records that it covers; `null` when it could not be held against the records. */
  readonly covered: number | null;
}

interface Judged {
  readonly state: Pick<JournalPlaces<GrowingTree>, 'registry' | 'tree' | 'isContinued'>;
  readonly crypto: CryptoPort;
}

const WORDS = {
  newest: { name: 'the checkpoint', malformed: 'journal/checkpoint is no signed checkpoint' },
  kept: { name: 'the kept checkpoint', malformed: 'the kept checkpoint is no signed checkpoint' },
} as const;

/**
 * What a kept checkpoint tells that is rightly signed. One that covers more records than there are holds a root and no
 * records: only the other journal, held against this one's checkpoint, tells an older copy from a second history.
 */
const TWO_HISTORIES = ': this workspace has two histories';
const OLDER_OR_SPLIT =
  ': this is an older copy, unless it was written to since; the other journal tells, verified with the checkpoint of this one';

const problem = (code: ProblemCode, message: string, seq: number | null = null): Problem => ({ seq, code, message });

/** Whether the key that was valid at the checkpoint's size signed it. Lines of other keys are ignored, not believed. */
const problemWithSignature = (note: SignedNote, size: bigint, { state, crypto }: Judged, name: string): Problem[] => {
  const origin = state.registry.origin ?? '';
  const key = state.registry.checkpointKeyAt(size);
  const verdict = key ? verifyNote(note, noteKey(origin, key, crypto), crypto) : 'absent';
  if (verdict === 'verified') return [];
  if (verdict === 'invalid') return [problem('bad-checkpoint-signature', `the signature of ${name} does not fit it`)];
  const isNamed = note.signatures.some((line) => line.name === origin);
  return [
    problem(
      isNamed ? 'wrong-checkpoint-key' : 'bad-checkpoint-signature',
      `${name} is not signed by the key that was valid at its size`,
    ),
  ];
};

/**
 * Judges a signed checkpoint against all records of a journal (JOURNAL.md, Hashes and checkpoints). A kept one from size
 * 0 is refused: every journal extends the empty one, so that it would prove nothing.
 * Precondition: the state's tree gives the root at the checkpoint's size, where it has grown that far.
 */
export const judgeCheckpoint = (text: string, kind: CheckpointKind, judged: Judged): CheckpointJudgement => {
  const { state } = judged;
  const { name, malformed } = WORDS[kind];
  const parsed = parseSignedCheckpoint(text);
  if (!parsed) return { problems: [problem('bad-checkpoint-signature', malformed)], covered: null };
  const { note, checkpoint } = parsed;
  if (checkpoint.origin !== (state.registry.origin ?? '')) {
    return { problems: [problem('bad-checkpoint-signature', `${name} is of ${checkpoint.origin}`)], covered: null };
  }
  if (kind === 'kept' && checkpoint.size === 0n) {
    const message = `${name} is of an empty journal, which every journal extends: it proves nothing`;
    return { problems: [problem('not-consistent', message)], covered: null };
  }
  const problems = problemWithSignature(note, checkpoint.size, judged, name);
  const isSigned = problems.length === 0;
  const journalSize = state.tree.size;
  if (checkpoint.size > BigInt(journalSize)) {
    const counts = `${name} covers ${checkpoint.size.toString()} records, the journal has ${String(journalSize)}`;
    const message = kind === 'kept' && isSigned ? counts + OLDER_OR_SPLIT : counts;
    return { problems: [...problems, problem('size-mismatch', message)], covered: null };
  }
  const size = Number(checkpoint.size);
  if (!equalBytes(state.tree.root(size), checkpoint.root)) {
    problems.push(
      kind === 'kept'
        ? problem(
            'not-consistent',
            `the first ${String(size)} records are not those that ${name} was signed for${isSigned ? TWO_HISTORIES : ''}`,
          )
        : problem('root-mismatch', `the records give another root than ${name}`),
    );
  }
  if (size > 0 && state.isContinued(size - 1)) {
    problems.push(problem('bad-command', `${name} ends inside a command`, size - 1));
  }
  return { problems, covered: size };
};

/** The size that a checkpoint says it has, to keep the root there; `null` when it is malformed or beyond counting. */
export const sizeOfCheckpoint = (text: string): number | null => {
  const size = parseSignedCheckpoint(text)?.checkpoint.size;
  return size === undefined || size > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(size);
};
