import {
  mayConfirmErasure,
  mayDecideErasure,
  mayProposeErasure,
  type ErasureEvent,
} from '../erasure/erasure.machine.ts';
import { isKept, stepErasure, toErasureEvent, type ErasureState } from '../erasure/erasure.replay.ts';
import type { Refusal } from '../errors.ts';
import { HEX_256_PATTERN, kindOf, type CustomerId } from '../identifiers.ts';
import { fromHex } from '../journal/bytes.ts';
import { CompactTable } from '../journal/compact-table.ts';
import { packUlid, ULID_BYTES, unpackUlid } from '../journal/packed-names.ts';
import type { JournalRecord } from '../journal/record.ts';
import { isPersonActor } from '../people/roles.ts';
import type { KnownRecord } from '../records.ts';
import { sentenceOf } from './rule-words.ts';

export type ErasureRecord = Extract<KnownRecord, { type: `erasure.${string}` | 'subject.erased' }>;

interface Ruled {
  readonly state: ErasureState;
  /** The command in which legal confirmed. */
  readonly confirmedIn: string | null;
}

const isOver = ({ value }: ErasureState): boolean => value === 'confirmed' || value === 'erased';

const PREFIX = 'customer/';
const HASH_BYTES = 32;
/** What is nobody's alone. */
const NOBODY = new Uint8Array(ULID_BYTES);

/** What may still be written on a reply to somebody who was erased: it is over, and what was public is looked at. */
const STILL_TAKEN: ReadonlySet<string> = new Set(['reply.closed', 'publication.observed']);

const refusalOf = ({ context, value }: ErasureState, event: ErasureEvent): Refusal | null => {
  if (event.type === 'propose') return value === 'kept' ? mayProposeErasure(event.actor) : null;
  if (event.type === 'erase' || value !== 'proposed') return null;
  return event.type === 'confirm' ? mayConfirmErasure(context, event.actor) : mayDecideErasure(event.actor);
};

/**
 * Judges erasures (JOURNAL.md, Sealed data and erasure): an admin proposes, another person of legal confirms, nothing is held
 * or unfinished, only the customer's own evidence is let go, in that very command, and nothing of theirs is written afterwards.
 */
export class ErasureRules {
  readonly #customers = new Map<CustomerId, Ruled>();
  readonly #erased = new Set<CustomerId>();
  /** Customers by the keys under which their captures were sealed, and by the evidence files that are theirs alone. */
  readonly #ownerOfKey = new CompactTable(HASH_BYTES, ULID_BYTES);
  readonly #ownerOfFile = new CompactTable(HASH_BYTES, ULID_BYTES);

  get erased(): Iterable<CustomerId> {
    return this.#erased;
  }

  /**
   * @param customers of the replies that the record is about
   * @returns what is wrong with it because somebody was erased
   */
  judge(record: KnownRecord, customers: () => readonly CustomerId[]): string[] {
    if (this.#erased.size === 0) return [];
    const isSealed = (record.sealed ?? []).some(({ kid }) => this.#isErased(this.#keyOwner(kid)));
    if (isSealed) return ['it seals something for a customer who was erased'];
    const names = record.type === 'mention.captured' || record.type === 'reply.opened' ? [record.data.customer] : [];
    if (names.some((customer) => this.#isErased(customer))) return ['it names a customer who was erased'];
    const isLate = isPersonActor(record.actor) || record.type.startsWith('publication.');
    return isLate && !STILL_TAKEN.has(record.type) && customers().some((customer) => this.#isErased(customer))
      ? ['it is about a customer who was erased']
      : [];
  }

  /** Remembers whose keys and whose evidence files there are. */
  learn(record: KnownRecord): void {
    if (record.type === 'mention.captured') {
      for (const { kid } of record.sealed ?? []) {
        packUlid(record.data.customer, PREFIX.length, this.#ownerOfKey.findOrAdd(fromHex(kid)), 0);
      }
    }
    if (record.type !== 'subject.erased') for (const file of filesOf(record)) this.#learnFile(file, record);
  }

  /**
   * @param obstacle what stands against erasing the customer here, or `null`
   * @returns what the record breaks
   */
  take(record: ErasureRecord, obstacle: string | null): string[] {
    if (kindOf(record.subject) !== 'customer') return ['only a customer is erased'];
    const customer = record.subject as CustomerId;
    const known = this.#customers.get(customer) ?? { state: isKept(), confirmedIn: null };
    const event = toErasureEvent(record);
    const state = event ? stepErasure(known.state, event) : null;
    if (!event || !state) {
      const refusal = event ? refusalOf(known.state, event) : null;
      return [refusal ? sentenceOf(refusal) : problemIn(known.state, record.type)];
    }
    if (obstacle !== null && (event.type === 'propose' || event.type === 'confirm')) return [obstacle];
    if (event.type === 'erase') {
      if (record.command !== known.confirmedIn) return ['it is not in the command of its confirmation'];
      const strange = filesOf(record).filter((file) => this.#fileOwner(file) !== customer);
      if (strange.length > 0)
        return [`it lets evidence be absent that is not this customer’s alone: ${String(strange[0])}`];
    }
    this.#customers.set(customer, {
      state,
      confirmedIn: event.type === 'confirm' ? record.command : known.confirmedIn,
    });
    if (isOver(state)) this.#erased.add(customer);
    return [];
  }

  #isErased(customer: CustomerId | null): boolean {
    return customer !== null && this.#erased.has(customer);
  }

  #learnFile(file: string, { sealed }: KnownRecord): void {
    const owners = new Set((sealed ?? []).map(({ kid }) => this.#keyOwner(kid)));
    const [owner] = owners;
    const row = this.#ownerOfFile.findOrAdd(fromHex(file));
    if (owners.size === 1 && owner) packUlid(owner, PREFIX.length, row, 0);
    else row.set(NOBODY);
  }

  #keyOwner(kid: string): CustomerId | null {
    const row = this.#ownerOfKey.find(fromHex(kid));
    return row ? `${PREFIX}${unpackUlid(row, 0)}` : null;
  }

  #fileOwner(file: string): CustomerId | null {
    const row = this.#ownerOfFile.find(fromHex(file));
    return row ? `${PREFIX}${unpackUlid(row, 0)}` : null;
  }
}

const problemIn = ({ value }: ErasureState, type: string): string => {
  if (isOver({ value } as ErasureState)) return 'the customer was erased before';
  if (type === 'subject.erased') return 'it is erased without legal having confirmed';
  return value === 'kept' ? 'nobody proposed to erase the customer' : 'it was proposed before';
};

const filesOf = ({ data }: Pick<JournalRecord, 'data'> | KnownRecord): string[] => {
  const { evidence } = data as { evidence?: unknown };
  return Array.isArray(evidence)
    ? evidence.filter((name): name is string => typeof name === 'string' && HEX_256_PATTERN.test(name))
    : [];
};
