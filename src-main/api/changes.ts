import type { Change } from '#workflows/contract/desk.contract.ts';
import { eventsOf } from './events.ts';
import type { ApiContext } from './router.ts';

/** What a window at which nobody is signed in is told: that something of the start screen changed, and no ids. */
const withoutSubjects = ({ subjects, topics }: Change): Change | null => {
  const isAboutPeople = subjects.some(({ subject }) => subject.startsWith('person/'));
  const told = isAboutPeople ? [...new Set([...topics, 'session' as const])] : topics;
  return told.length > 0 ? { size: 0, subjects: [], topics: told } : null;
};

/** The desk's changes as they happen, ids and versions only, for as long as the caller listens. */
export const changesFor = ({ host, sessionId }: ApiContext, signal: AbortSignal | undefined) =>
  eventsOf<Change>((push, end) => {
    const take = (change: Change): void => {
      const isSignedIn = host.sessions.get(sessionId).person !== null;
      const told = isSignedIn ? change : withoutSubjects(change);
      if (told) push(told);
    };
    return host.changes.subscribe(take, end);
  }, signal);
