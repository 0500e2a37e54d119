import type { JournalRecord } from '#workflows/journal/record.ts';
import { journalWithCast, type Cast, type JournalBuilder } from '../../journal/build-journal.ts';
import type { Draft } from '../../journal/sign-records.ts';
import type { TestPerson } from '../../journal/test-people.ts';
import { problemsOf, verifyJournal } from '../../journal/verify-leaves.ts';

export const REPLY = 'reply/01ARZ3NDEKTSV4RRFFQ69G5FAV';
export const HASH = 'ab'.repeat(32);

/** A journal of nine honest records (0 to 8), and the ways in which a test adds lies to it. */
export class LyingJournal {
  readonly cast: Cast = journalWithCast(3);

  get journal(): JournalBuilder {
    return this.cast.journal;
  }

  /** The problems of the journal as it stands, `code@seq`. */
  get problems(): string[] {
    return problemsOf(verifyJournal(this.journal));
  }

  claim(by: TestPerson | 'program' = this.cast.agent, more: Partial<Draft> = {}): Draft {
    return { type: 'reply.claimed', subject: REPLY, by, data: { person: null }, ...more };
  }

  approve(by: TestPerson | 'program', review: string): Draft {
    return { type: 'reply.approved', subject: REPLY, by, data: { review, revision: 1, contentHash: HASH } };
  }

  /** Adds a record that was changed before it was signed again by whoever wrote it, and judges the journal. */
  lie(change: (record: JournalRecord) => object, by = this.cast.agent, draft = this.claim(by)): string[] {
    const record = this.drafted(draft);
    this.journal.add(this.journal.resign({ ...record, ...change(record) }, by.key));
    return this.problems;
  }

  /** Adds a command as it is, and judges the journal. */
  verdictOn(...drafts: readonly Draft[]): string[] {
    this.journal.command(...drafts);
    return this.problems;
  }

  /** A command's one record in its place, signed and not added. */
  drafted(draft: Draft): JournalRecord {
    return this.journal.draft([draft])[0]!;
  }
}
