import { refuse, RefusalError } from '#workflows/errors.ts';
import { kindOf, type HoldId, type PersonId } from '#workflows/identifiers.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { isPersonActor } from '#workflows/people/roles.ts';
import { recordsOfProcedure } from './procedure-records.ts';
import type { Journal } from '../journal/journal.ts';
import { sha256Hex } from '../journal/node-crypto.ts';
import type { MemoryTables } from './state/memory-tables.ts';

/** A command as it was sent. */
export interface SentCommand {
  readonly person: PersonId;
  /** `reply.approve` */
  readonly procedure: string;
  readonly input: { readonly commandId: string };
}

interface Known {
  readonly fingerprint: string;
  readonly answer: Promise<unknown>;
}

/** So many of the newest answers are kept, to be given again as they were. */
const MOST_KEPT = 64;

/** Members of an input that name what it is about. */
const NAMING = ['reply', 'template', 'person', 'channel', 'customer'] as const;

/** The passphrase says who it is, not what is to be done. */
const fingerprintOf = ({ person, procedure, input }: SentCommand): string => {
  const { passphrase: _passphrase, ...act } = input as SentCommand['input'] & { passphrase?: unknown };
  return sha256Hex(JSON.stringify([person, procedure, act]));
};

const reused = (): RefusalError => new RefusalError(refuse('INVALID_INPUT', 'commandReused'));

/**
 * Binds a command's id to who sent it and what it does: sent again it is done once and answered alike, also while the first is
 * still under way; for anything else the id is refused. What is durable is judged by the journal, which outlives a restart.
 */
export class SentCommands {
  readonly #journal: Journal;
  readonly #tables: MemoryTables;
  /** Grows when answers are forgotten: one that was begun before is not kept afterwards. */
  #generation = 0;
  readonly #underWay = new Map<string, Known>();
  /** The newest last. */
  readonly #answered = new Map<string, Known>();

  constructor({ journal, tables }: { journal: Journal; tables: MemoryTables }) {
    this.#journal = journal;
    this.#tables = tables;
  }

  /**
   * Does a command, or gives the answer that it got or will get.
   * @throws RefusalError `INVALID_INPUT` when the id stands for something else
   */
  async answer<Value>(sent: SentCommand, work: () => Value): Promise<Awaited<Value>> {
    const { commandId } = sent.input;
    const fingerprint = fingerprintOf(sent);
    const known = this.#underWay.get(commandId) ?? this.#answered.get(commandId);
    if (known && known.fingerprint !== fingerprint) throw reused();
    if (known) return (await known.answer) as Awaited<Value>;
    this.check(sent);
    const generation = this.#generation;
    const answer = (async () => await work())();
    this.#underWay.set(commandId, { fingerprint, answer });
    try {
      const value = await answer;
      if (generation === this.#generation) this.#keep(commandId, { fingerprint, answer });
      return value;
    } finally {
      this.#underWay.delete(commandId);
    }
  }

  /** Drops every answer that is kept, such as a page with words that were erased. What was done stays done, by the journal. */
  forget(): void {
    this.#generation += 1;
    this.#answered.clear();
  }

  #keep(commandId: string, known: Known): void {
    this.#answered.set(commandId, known);
    const [oldest] = this.#answered.keys();
    if (this.#answered.size > MOST_KEPT && oldest !== undefined) this.#answered.delete(oldest);
  }

  /** @throws RefusalError `INVALID_INPUT` when the journal has the id for another person, act or subject */
  check({ person, procedure, input }: SentCommand): void {
    const types: readonly string[] = recordsOfProcedure(procedure);
    const records = this.#journal.recordsOfCommand(input.commandId);
    if (!records) return;
    const isOwn = records.some(({ actor }) => isPersonActor(actor) && actor.person === person);
    const isSameAct = records.every(({ type }) => types.includes(type));
    const named = Object.entries(input)
      .filter(([name]) => (NAMING as readonly string[]).includes(name))
      .flatMap(([, value]: [string, unknown]) => (typeof value === 'string' ? [value] : []));
    const facts = JSON.stringify(records.map((record) => this.#factsOf(record)));
    if (!isOwn || !isSameAct || !named.every((id) => facts.includes(JSON.stringify(id)))) throw reused();
  }

  /** Everything that a record names. A hold's replies stand in the record that placed it. */
  #factsOf({ subject, data }: JournalRecord): unknown {
    const hold = kindOf(subject) === 'hold' ? this.#tables.holds.get(subject as HoldId) : undefined;
    return [subject, data, hold?.replies ?? []];
  }
}
