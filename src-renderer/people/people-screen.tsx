import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { PersonView } from '#workflows/contract/people.contract.ts';
import { desk } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { useConnection } from '../api/live.tsx';
import { useOfferActs } from '../app/screen-acts.tsx';
import { useSession } from '../app/session.tsx';
import { Button } from '../design/button.tsx';
import { Blank } from '../design/pane-state.tsx';
import { Panes } from '../design/panes.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { useWords } from '../words/use-words.ts';
import { useNamesInRoles } from './names-in-roles.ts';
import { ActDialog, CodeDialog, InviteDialog, NewCodeDialog, RolesDialog, type Invitation } from './people-dialogs.tsx';
import { PeopleNav } from './people-nav.tsx';
import { peopleIn, waitsForSomebody } from './people-search-filter.ts';
import type { PeopleSearch } from './people-search.ts';
import { barePerson, PeopleTable } from './people-table.tsx';
import { PersonPane, type PersonQuestion } from './person-pane.tsx';
import '../approval/approval.css';
import './people.css';

const NOBODY: readonly PersonView[] = [];

/** j and k walk through the people, Enter goes to the facts of the one who is chosen, n invites. */
const useKeys = (
  rows: readonly PersonView[],
  person: PersonView | null,
  search: PeopleSearch,
  { onInvite, onInto }: { onInvite: (() => void) | null; onInto: () => void },
): void => {
  const say = useWords();
  const navigate = useNavigate();
  const walk = useCallback(
    (by: number) => {
      const place = rows.findIndex(({ id }) => id === person?.id);
      const next = rows[place < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, place + by))];
      if (next) void navigate({ to: '/people', search: { ...search, person: barePerson(next.id) } });
    },
    [rows, person, search, navigate],
  );
  const acts = useMemo(
    () => [
      {
        id: 'next',
        label: say('people.next'),
        keys: 'j',
        run: () => {
          walk(1);
        },
      },
      {
        id: 'previous',
        label: say('people.previous'),
        keys: 'k',
        run: () => {
          walk(-1);
        },
      },
      { id: 'into', label: say('people.into'), keys: 'Enter', run: onInto },
      ...(onInvite ? [{ id: 'invite', label: say('people.invite'), keys: 'n', run: onInvite }] : []),
    ],
    [say, walk, onInto, onInvite],
  );
  useOfferActs('people', acts);
};

type Asked = PersonQuestion | 'add';

const Dialogs = ({
  asked,
  person,
  onClose,
  onInvited,
}: {
  asked: Asked | null;
  person: PersonView | null;
  onClose: () => void;
  onInvited: (invitation: Invitation) => void;
}) => {
  if (asked === 'add') return <InviteDialog onClose={onClose} onInvited={onInvited} />;
  if (asked === null || !person) return null;
  if (asked === 'invite') return <NewCodeDialog person={person} onClose={onClose} onInvited={onInvited} />;
  if (asked === 'changeRoles') return <RolesDialog person={person} onClose={onClose} />;
  return <ActDialog act={asked} person={person} onClose={onClose} />;
};

/** What the reader may do here, in a sentence. */
const useSays = (mayManage: boolean): string => {
  const say = useWords();
  const { session, workspace } = useSession();
  const who = useNamesInRoles(['admin']);
  const { roles } = session.person;
  if (workspace.readOnly) return say('people.says.readOnly');
  if (mayManage) return say('people.says.admin');
  if (roles.includes('auditor')) return say('people.says.auditor');
  return say(roles.includes('legal') ? 'people.says.legal' : 'people.says.other', { who });
};

/** Who is on this desk, in which roles, with which keys. */
export const PeopleScreen = () => {
  const say = useWords();
  const { isOnline } = useConnection();
  const { session } = useSession();
  const search: PeopleSearch = useSearch({ strict: false });
  const query = useQuery(desk.people.list.queryOptions());
  const isSlow = useIsSlow(query.isPending);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [isPaneOpen, setIsPaneOpen] = useState(false);
  const people = query.data?.people ?? NOBODY;
  const mayManage = query.data?.mayManage ?? false;
  const rows = useMemo(() => peopleIn(people, search.show), [people, search.show]);
  const person = people.find(({ id }) => barePerson(id) === search.person) ?? null;
  const says = useSays(mayManage);
  const waiting = people.filter(waitsForSomebody).length;

  const onInvite = useCallback(() => {
    setAsked('add');
  }, []);
  const onInto = useCallback(() => {
    setIsPaneOpen(true);
  }, []);
  const onClose = useCallback(() => {
    setAsked(null);
  }, []);
  const keyActs = useMemo(() => ({ onInvite: mayManage ? onInvite : null, onInto }), [mayManage, onInvite, onInto]);
  useKeys(rows, person, search, keyActs);

  return (
    <>
      <Panes
        queue={<PeopleNav people={people} show={search.show} />}
        main={
          <section className="pane reply-pane" aria-label={say('people.pane')} id="people" tabIndex={-1}>
            <header className="reply-head lined">
              <div className="grow">
                <h1>{say('people.pane')}</h1>
                <span className="label cut">
                  {query.data
                    ? say('people.count', { count: people.filter(({ isRemoved }) => !isRemoved).length, waiting })
                    : null}
                </span>
              </div>
              {person ? (
                <span className="open-context no-print">
                  <Button kind="lined" icon="panel" onClick={onInto}>
                    {say('people.details')}
                  </Button>
                </span>
              ) : null}
            </header>
            {query.isError && !query.data ? (
              <Blank
                icon={isOnline ? 'stop' : 'offline'}
                isBad={isOnline}
                title={say('people.unreadable')}
                acts={
                  <Button kind="lined" onClick={() => void query.refetch()}>
                    {say('act.tryAgain')}
                  </Button>
                }
              >
                {errorInWords(say, query.error)}
              </Blank>
            ) : query.isPending ? (
              <div className="grow">{isSlow ? <SkeletonLines label={say('state.loading')} lines={9} /> : null}</div>
            ) : rows.length === 0 ? (
              <Blank
                icon="people"
                title={say('people.nobody')}
                acts={
                  <Link className="button lined" to="/people">
                    {say('people.showAll')}
                  </Link>
                }
              >
                {say('people.nobody.text')}
              </Blank>
            ) : (
              <PeopleTable
                people={rows}
                chosen={person?.id ?? null}
                self={session.person.id}
                search={search}
                onOpen={onInto}
              />
            )}
            <footer className="bar no-print">
              <p>{says}</p>
              {mayManage ? (
                <Button
                  kind="primary"
                  aria-keyshortcuts="n"
                  whyNot={isOnline ? null : say('refusal.offline')}
                  onClick={onInvite}
                >
                  {say('people.invite')}
                </Button>
              ) : null}
            </footer>
          </section>
        }
        context={
          <PersonPane
            person={person}
            people={people}
            isSelf={person?.id === session.person.id}
            isOpen={isPaneOpen}
            onClose={() => {
              setIsPaneOpen(false);
            }}
            onAsk={setAsked}
          />
        }
      />
      <Dialogs
        asked={asked}
        person={person}
        onClose={onClose}
        onInvited={(made) => {
          setAsked(null);
          setInvitation(made);
        }}
      />
      {invitation ? (
        <CodeDialog
          invitation={invitation}
          onClose={() => {
            setInvitation(null);
          }}
        />
      ) : null}
    </>
  );
};
