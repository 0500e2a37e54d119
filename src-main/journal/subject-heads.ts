import type { Subject } from '#workflows/identifiers.ts';
import { toHex } from '#workflows/journal/bytes.ts';
import type { SubjectHead } from '#workflows/journal/journal-state.ts';
import { NO_PARENT, parentBytes, type JournalRecord } from '#workflows/journal/record.ts';
import type { RecordText } from '#workflows/journal/record-text.ts';
import { nodeCrypto, sha256Hex } from './node-crypto.ts';

/** Of a subject without records. */
export const NO_HEAD: SubjectHead = { count: 0, parent: NO_PARENT };

/** So many of the lately used heads are kept. */
const MOST_KEPT = 4096;

/** What the next record of the record's subject must follow on. */
export const headAfter = (record: Pick<JournalRecord, 'version'> & Parameters<typeof parentBytes>[0]): SubjectHead => ({
  count: record.version + 1,
  parent: toHex(nodeCrypto.sha256(parentBytes(record))),
});

/** The same, from the text of a record that was just made. */
export const headAfterText = ({ record, followed }: RecordText): SubjectHead => ({
  count: record.version + 1,
  parent: sha256Hex(followed),
});

/** Heads of subjects, worked out from their newest records and kept while they are in use. */
export class SubjectHeads {
  readonly #newest: (subject: Subject) => JournalRecord | null;
  /** The most lately used last. */
  readonly #kept = new Map<Subject, SubjectHead>();

  /** @param newest the newest durable record of a subject */
  constructor(newest: (subject: Subject) => JournalRecord | null) {
    this.#newest = newest;
  }

  get(subject: Subject): SubjectHead {
    const kept = this.#kept.get(subject);
    if (kept) return kept;
    const record = this.#newest(subject);
    const head = record ? headAfter(record) : NO_HEAD;
    this.set(subject, head);
    return head;
  }

  /** Precondition: the head is of a durable record. */
  set(subject: Subject, head: SubjectHead): void {
    this.#kept.delete(subject);
    this.#kept.set(subject, head);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
