import { Link } from '@tanstack/react-router';
import type { PersonView } from '#workflows/contract/people.contract.ts';
import { useWords } from '../words/use-words.ts';
import { peopleIn } from './people-search-filter.ts';
import { PEOPLE_SHOWS, type PeopleSearch } from './people-search.ts';

/** The left pane: who is listed, with counts, and the rules that hold for everybody. */
export const PeopleNav = ({ people, show }: { people: readonly PersonView[]; show: PeopleSearch['show'] }) => {
  const say = useWords();
  const nameOf = (name: (typeof PEOPLE_SHOWS)[number]): string =>
    name === 'keys' || name === 'removed' ? say(`people.show.${name}`) : say(`role.${name}`);
  const entries = [undefined, ...PEOPLE_SHOWS].filter(
    // What is empty and no role is not worth a line.
    (name) => (name !== 'keys' && name !== 'removed') || peopleIn(people, name).length > 0 || name === show,
  );
  return (
    <nav className="pane side queue-pane people-nav" aria-label={say('people.list')}>
      <div className="queues">
        {entries.map((name) => (
          <Link
            key={name ?? 'all'}
            to="/people"
            search={name === undefined ? {} : { show: name }}
            activeOptions={{ exact: true }}
            aria-current={name === show ? 'page' : undefined}
          >
            {name === undefined ? say('people.show.all') : nameOf(name)}
            <span className="figure">{say.number(peopleIn(people, name).length)}</span>
          </Link>
        ))}
      </div>
      <section className="section rules">
        <h2>{say('people.rules')}</h2>
        <ul>
          {(['own', 'two', 'auditor', 'key', 'admin'] as const).map((rule) => (
            <li key={rule} className="soft">
              {say(`people.rule.${rule}`)}
            </li>
          ))}
        </ul>
      </section>
    </nav>
  );
};
