import { useState } from 'react';
import type { PersonKeyView, PersonView } from '#workflows/contract/people.contract.ts';
import { SidePane } from '../design/side-pane.tsx';
import { Button } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';
import { FullKey, KeyState, shortKey, useKeyStanding } from './key-state.tsx';
import { confirmersOf } from './people-search-filter.ts';

/** Which question is asked about a person. */
export type PersonQuestion = keyof PersonView['acts'];

const KeySection = ({
  person,
  people,
  onAsk,
}: {
  person: PersonView;
  people: readonly PersonView[];
  onAsk: (question: PersonQuestion) => void;
}) => {
  const say = useWords();
  const standing = useKeyStanding(person);
  const [isWhole, setIsWhole] = useState(false);
  const key = person.keys.find(({ id, endedAt }) => id === person.keyId && endedAt === null);
  const { acts, keyId, invitationExpiresAt } = person;
  return (
    <section className="section">
      <h2>
        {say('people.key')}
        <KeyState person={person} />
      </h2>
      {standing === 'removed' ? null : (
        <p className="soft">
          {say(`people.key.text.${standing}`, {
            at: invitationExpiresAt ? say.moment(invitationExpiresAt) : '',
            who: confirmersOf(people, person),
          })}
        </p>
      )}
      {keyId && !person.isRemoved ? (
        <>
          <dl className="facts" style={{ marginTop: 'var(--s2)' }}>
            <dt>{say('people.fingerprint')}</dt>
            <dd>
              <span className="hash">{shortKey(keyId)}</span>{' '}
              <button
                type="button"
                className="link label"
                aria-expanded={isWhole}
                onClick={() => {
                  setIsWhole(!isWhole);
                }}
              >
                {say(isWhole ? 'people.key.hide' : 'people.key.full')}
              </button>
            </dd>
            {key ? (
              <>
                <dt>{say('people.key.registered')}</dt>
                <dd title={say.exact(key.registeredAt)}>
                  {say('people.key.registeredBy', { at: say.moment(key.registeredAt), who: key.registeredBy.name })}
                </dd>
                {key.validFrom && key.confirmedBy ? (
                  <>
                    <dt>{say('people.key.validFrom')}</dt>
                    <dd title={say.exact(key.validFrom)}>
                      {say('people.key.confirmedBy', { at: say.moment(key.validFrom), who: key.confirmedBy.name })}
                    </dd>
                  </>
                ) : null}
              </>
            ) : null}
          </dl>
          {isWhole ? <FullKey id={keyId} /> : null}
        </>
      ) : null}
      {acts.registerKey || acts.confirmKey ? (
        <div className="acts">
          {(['registerKey', 'confirmKey'] as const).map((act) =>
            acts[act] ? (
              <Button
                key={act}
                kind="primary"
                onClick={() => {
                  onAsk(act);
                }}
              >
                {say(`people.${act}`)}
              </Button>
            ) : null,
          )}
        </div>
      ) : null}
    </section>
  );
};

const EarlierKeys = ({ keys }: { keys: readonly PersonKeyView[] }) => {
  const say = useWords();
  const ended = keys.filter(({ endedAt }) => endedAt !== null);
  if (ended.length === 0) return null;
  return (
    <section className="section">
      <h2>{say('people.keys.earlier')}</h2>
      <ul>
        {ended.map(({ id, endedAt, cause }) => (
          <li key={id} className="line">
            <span className="hash" title={id}>
              {shortKey(id)}
            </span>
            <span className="label" title={endedAt ? say.exact(endedAt) : undefined}>
              {say('people.key.ended', { at: endedAt ? say.moment(endedAt) : '' })}
            </span>
            <span className="grow" />
            <span className="label">{cause ? say(`people.key.cause.${cause}`) : null}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const RolesSection = ({ person }: { person: PersonView }) => {
  const say = useWords();
  if (person.roles.length === 0) return null;
  return (
    <section className="section roles-section">
      <h2>{say('people.roles')}</h2>
      {person.roles.map((role) => (
        <div key={role}>
          <h3>{say(`role.${role}`)}</h3>
          <dl className="facts">
            <dt>{say('people.may')}</dt>
            <dd>{say(`people.role.${role}.may`)}</dd>
            <dt>{say('people.mayNever')}</dt>
            <dd>{say(`people.role.${role}.never`)}</dd>
          </dl>
        </div>
      ))}
    </section>
  );
};

const QUIET_ACTS = [
  ['changeRoles', 'people.changeRoles'],
  ['invite', 'people.newCode'],
  ['revokeKey', 'people.revokeKey'],
  ['remove', 'people.remove'],
] as const;

/** One person: their key, their roles, and what the reader may do about them. */
export const PersonPane = ({
  person,
  people,
  isSelf,
  isOpen,
  onClose,
  onAsk,
}: {
  person: PersonView | null;
  people: readonly PersonView[];
  isSelf: boolean;
  isOpen: boolean;
  onClose: () => void;
  onAsk: (question: PersonQuestion) => void;
}) => {
  const say = useWords();
  const offered = person ? QUIET_ACTS.filter(([act]) => person.acts[act]) : [];
  return (
    <SidePane title={say('people.details')} isOpen={isOpen} onClose={onClose}>
      {person === null ? (
        <p className="soft" style={{ padding: 'var(--s4)' }}>
          {say('people.choose')}
        </p>
      ) : (
        <>
          <section className="section">
            <h2>
              <bdi>{person.name}</bdi>
              {isSelf ? <span className="label">{say('people.you')}</span> : null}
            </h2>
            <p className="soft">
              {person.removedAt
                ? say('people.removedAt', { at: say.moment(person.removedAt) })
                : say('people.added', { at: say.date(person.addedAt) })}
            </p>
          </section>
          <KeySection key={person.id} person={person} people={people} onAsk={onAsk} />
          <RolesSection person={person} />
          <EarlierKeys keys={person.keys} />
          {offered.length > 0 ? (
            <section className="section">
              <h2>{say('people.acts')}</h2>
              <ul className="person-acts">
                {offered.map(([act, word]) => (
                  <li key={act}>
                    <Button
                      kind="lined"
                      onClick={() => {
                        onAsk(act);
                      }}
                    >
                      {say(word)}
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
        </>
      )}
    </SidePane>
  );
};
