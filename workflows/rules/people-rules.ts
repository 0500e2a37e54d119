import type { PersonId } from '../identifiers.ts';
import type { JournalRecord } from '../journal/record.ts';
import { isPersonActor } from '../people/roles.ts';
import type { KnownRecord } from '../records.ts';

const KEY_TYPES: ReadonlySet<string> = new Set(['person.keyRegistered', 'person.keyConfirmed', 'person.keyRevoked']);

/** Invariant 7: an auditor appends nothing but `audit.*` and their own key records, whatever role they claim. */
export class AuditorRules {
  readonly #auditors = new Set<PersonId>();

  /** @returns what is wrong with who wrote the record */
  judgeWriter({ type, subject, actor }: JournalRecord): string[] {
    if (!isPersonActor(actor)) return [];
    if (actor.role !== 'auditor' && !this.#auditors.has(actor.person)) return [];
    const isOwnKey = subject === actor.person && KEY_TYPES.has(type);
    return type.startsWith('audit.') || isOwnKey ? [] : ['an auditor changes something'];
  }

  /** Takes in who is an auditor from here on. @returns what is wrong with the roles that the record gives */
  take(record: KnownRecord): string[] {
    if (record.type === 'person.removed') this.#auditors.delete(record.subject as PersonId);
    if (record.type !== 'person.added' && record.type !== 'person.rolesChanged') return [];
    const { roles } = record.data;
    const isAuditor = roles.includes('auditor');
    if (isAuditor) this.#auditors.add(record.subject as PersonId);
    else this.#auditors.delete(record.subject as PersonId);
    return isAuditor && roles.length > 1 ? ['it gives an auditor another role'] : [];
  }
}
