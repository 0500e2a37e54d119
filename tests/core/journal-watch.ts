import type { PersonId, PublicationId, ReplyId, Subject } from '#workflows/identifiers.ts';
import { isPersonActor, type Role } from '#workflows/people/roles.ts';
import { openPublication, stepPublication, toPublicationEvent } from '#workflows/publication/publication.replay.ts';
import { publishingIsOn, stepPause, toPauseEvent } from '#workflows/publishing/pause.replay.ts';
import type { KnownRecord } from '#workflows/records.ts';
import { openReply, stepReply, toReplyEvent } from '#workflows/reply/reply.replay.ts';
import { isIn } from '#workflows/step.ts';
import { publicationOnlooker } from '../workflows/publication/invariants.ts';
import { pauseOnlooker } from '../workflows/publishing/invariants.ts';
import { beginJudged, judge, type Judged } from '../workflows/reply/invariants.ts';
import type { Onlooker } from '../workflows/onlooker.ts';
import { TemplateLedger } from './template-ledger.ts';

const REPLY_MACHINE = { begin: openReply, step: stepReply };

/** One machine and what its onlooker has written down. */
class Watched<State, Event, Ledger> {
  readonly #onlooker: Onlooker<State, Event, Ledger>;
  readonly #step: (state: State, event: Event) => State | null;
  #state: State;
  #ledger: Ledger;

  constructor(
    onlooker: Onlooker<State, Event, Ledger>,
    begin: State,
    step: (state: State, event: Event) => State | null,
  ) {
    this.#onlooker = onlooker;
    this.#step = step;
    this.#state = begin;
    this.#ledger = onlooker.empty;
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  take(event: Event): string[] {
    const after = this.#step(this.#state, event);
    if (after === null) return ['a machine does not take the record'];
    const now = this.#onlooker.note(this.#ledger, event);
    const taken = { known: this.#ledger, before: this.#state, event, after, now };
    this.#state = after;
    this.#ledger = now;
    return Object.entries(this.#onlooker.invariants).flatMap(([title, holds]) => (holds(taken) ? [] : [title]));
  }
}

const newPublication = () => new Watched(publicationOnlooker, openPublication(), stepPublication);

/**
 * Watches a journal record by record and says which of the nine invariants (DESIGN.md) it breaks, from the records alone
 * and from nothing that the program keeps in memory.
 */
export class JournalWatch {
  readonly broken: string[] = [];
  readonly #replies = new Map<ReplyId, Judged>();
  readonly #publications = new Map<PublicationId, ReturnType<typeof newPublication>>();
  readonly #pause = new Watched(pauseOnlooker, publishingIsOn(), stepPause);
  readonly #templates = new TemplateLedger();
  readonly #roles = new Map<PersonId, readonly Role[]>();
  readonly #held = new Map<Subject, readonly ReplyId[]>();

  takeAll(records: readonly KnownRecord[]): void {
    for (const record of records) this.take(record);
  }

  take(record: KnownRecord): void {
    const found = [
      ...this.#onReply(record),
      ...this.#onPublication(record),
      ...this.#onPause(record),
      ...this.#onTemplate(record),
      ...this.#onPeople(record),
    ];
    this.broken.push(...found.map((title) => `record ${String(record.seq)} (${record.type}): ${title}`));
  }

  /** Invariants 1, 2 and 3, and that no state changes but by what the machine takes (6). */
  #onReply(record: KnownRecord): string[] {
    if (record.type === 'reply.opened') {
      this.#replies.set(record.subject as ReplyId, beginJudged(REPLY_MACHINE));
      return [];
    }
    const event = toReplyEvent(record);
    return event ? this.#repliesOf(record).flatMap((id) => this.#judge(id, event)) : [];
  }

  #judge(id: ReplyId, event: Parameters<typeof judge>[2]): string[] {
    const judged = this.#replies.get(id);
    if (!judged) return [`${id} was never opened`];
    // A later look at what is being changed already is of the publication alone.
    if (event.type === 'publicationObserved' && !isIn(judged.state.value, 'work.published')) return [];
    const verdict = judge(REPLY_MACHINE, judged, event);
    this.#replies.set(id, verdict);
    return verdict.isTaken ? [...verdict.broken] : ['the reply’s state does not take it'];
  }

  #repliesOf(record: KnownRecord): readonly ReplyId[] {
    if (record.type === 'hold.placed') this.#held.set(record.subject, record.data.replies);
    if (record.type.startsWith('hold.')) return this.#held.get(record.subject) ?? [];
    if (record.type.startsWith('publication.')) return [(record.data as { reply: ReplyId }).reply];
    return [record.subject as ReplyId];
  }

  /** Invariant 4, and 5: nothing is begun while publishing is paused. */
  #onPublication(record: KnownRecord): string[] {
    const event = toPublicationEvent(record);
    if (!event) return [];
    const id = record.subject as PublicationId;
    const known = this.#publications.get(id) ?? newPublication();
    this.#publications.set(id, known);
    const isPaused = this.#pause.ledger.pausedBy !== null;
    const begun = event.type === 'attempt' && isPaused ? ['an attempt was begun while publishing was paused'] : [];
    return [...begun, ...known.take(event)];
  }

  #onPause(record: KnownRecord): string[] {
    const event = toPauseEvent(record);
    return event ? this.#pause.take(event) : [];
  }

  /** Invariant 8. */
  #onTemplate(record: KnownRecord): string[] {
    return this.#templates.take(record);
  }

  /** Invariant 7, and that nobody acts in a role that they do not have. */
  #onPeople(record: KnownRecord): string[] {
    const { actor } = record;
    const found: string[] = [];
    if (isPersonActor(actor)) {
      const roles = record.seq === 0 ? ['admin'] : (this.#roles.get(actor.person) ?? []);
      if (!roles.includes(actor.role)) found.push(`somebody acts as ${actor.role} who is not`);
      const isOwnKey = record.type.startsWith('person.key') && record.subject === actor.person;
      if (roles.includes('auditor') && !record.type.startsWith('audit.') && !isOwnKey) {
        found.push('an auditor wrote something else than of the audit');
      }
      if (record.seq === 0) this.#roles.set(actor.person, ['admin']);
    }
    if (record.type === 'person.added' || record.type === 'person.rolesChanged') {
      this.#roles.set(record.subject as PersonId, record.data.roles);
    }
    if (record.type === 'person.removed') this.#roles.set(record.subject as PersonId, []);
    return found;
  }
}
