import { Link, useNavigate } from '@tanstack/react-router';
import type { PersonView } from '#workflows/contract/people.contract.ts';
import type { PersonId } from '#workflows/identifiers.ts';
import { useWords } from '../words/use-words.ts';
import { KeyState, shortKey } from './key-state.tsx';
import type { PeopleSearch } from './people-search.ts';

/** The part of a person's id that stands in an address. */
export const barePerson = (id: PersonId): string => id.slice('person/'.length);

/** People in rows: name, roles, how their key stands, since when. */
export const PeopleTable = ({
  people,
  chosen,
  self,
  search,
  onOpen,
}: {
  people: readonly PersonView[];
  chosen: PersonId | null;
  self: PersonId;
  search: PeopleSearch;
  onOpen: () => void;
}) => {
  const say = useWords();
  const navigate = useNavigate();
  return (
    <div className="table-frame">
      <table className="table people-table">
        <thead>
          <tr>
            <th scope="col">{say('people.name')}</th>
            <th scope="col">{say('people.roles')}</th>
            <th scope="col">{say('people.key')}</th>
            <th scope="col">{say('people.fingerprint')}</th>
            <th scope="col">{say('people.since')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => {
            const { id, name, roles, keyId, keys, addedAt, isRemoved } = person;
            const to = { ...search, person: barePerson(id) };
            const since = keys[0]?.validFrom ?? addedAt;
            return (
              <tr
                key={id}
                aria-selected={id === chosen}
                onClick={() => {
                  onOpen();
                  void navigate({ to: '/people', search: to });
                }}
              >
                <td>
                  <Link
                    to="/people"
                    search={to}
                    className="row-link cut"
                    dir="auto"
                    aria-current={id === chosen ? 'true' : undefined}
                    title={name}
                  >
                    {name}
                  </Link>
                  {id === self ? <span className="label"> {say('people.you')}</span> : null}
                </td>
                <td title={roles.map((role) => say(`role.${role}`)).join(', ')}>
                  {roles.map((role) => say(`role.${role}`)).join(', ')}
                </td>
                <td>
                  <KeyState person={person} />
                </td>
                <td className="hash">{keyId && !isRemoved ? shortKey(keyId) : ''}</td>
                <td className="figure" title={say.exact(since)}>
                  {say.date(since)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
