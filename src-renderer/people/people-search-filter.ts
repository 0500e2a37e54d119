import type { PersonView } from '#workflows/contract/people.contract.ts';
import type { PeopleSearch } from './people-search.ts';

/** A key that somebody has to register or confirm. */
export const waitsForSomebody = ({ keyState }: PersonView): boolean =>
  keyState === 'accepted' || keyState === 'unconfirmed';

/** Those who are listed; whoever was removed only where they are asked for. */
export const peopleIn = (people: readonly PersonView[], show: PeopleSearch['show']): PersonView[] =>
  people.filter((person) => {
    if (show === 'removed') return person.isRemoved;
    if (person.isRemoved) return false;
    if (show === 'keys') return waitsForSomebody(person);
    return show === undefined || person.roles.includes(show);
  });

/** Who may confirm a key that replaces an earlier one: an admin or somebody of legal, neither its owner nor who registered it. */
export const confirmersOf = (people: readonly PersonView[], owner: PersonView): string[] => {
  const registrar = owner.keys[0]?.registeredBy.id;
  return people
    .filter(({ id, isRemoved, keyState }) => !isRemoved && keyState === 'valid' && id !== owner.id && id !== registrar)
    .filter(({ roles }) => roles.includes('admin') || roles.includes('legal'))
    .map(({ name }) => name);
};
