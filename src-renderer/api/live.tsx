import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import type { Change } from '#workflows/contract/desk.contract.ts';
import { client, desk, witness } from './client.ts';
import { toDeskError } from './errors.ts';

export interface Connection {
  readonly isOnline: boolean;
  /** When the desk was last lost, in milliseconds; `null` while it is there. */
  readonly offlineSince: number | null;
  /** The desk is there, but was started again since and does not know this page. */
  readonly isStranger: boolean;
}

const ConnectionContext = createContext<Connection>({ isOnline: true, offlineSince: null, isStranger: false });

/** Whether the desk can be reached. */
export const useConnection = (): Connection => useContext(ConnectionContext);

const invalidate = (queries: QueryClient, queryKey: readonly unknown[]): void => {
  void queries.invalidateQueries({ queryKey });
};

/** Everything of one reply that is on a screen, and the lists that may hold it. */
const REPLY_KINDS = ['reply', 'publication', 'mention', 'hold', 'customer'];

/** Marks as outdated what a change touches; what is on the screen is read again at once. */
const take = (queries: QueryClient, { subjects, topics }: Change): void => {
  const kinds = new Set(subjects.map(({ subject }) => subject.split('/')[0] ?? subject));
  if (subjects.length > 0) invalidate(queries, desk.desk.overview.key());
  if (REPLY_KINDS.some((kind) => kinds.has(kind))) {
    invalidate(queries, desk.reply.list.key());
    invalidate(queries, desk.reply.get.key());
    invalidate(queries, desk.reply.story.key());
    invalidate(queries, desk.erasure.key());
    // A template names the open replies that are made from it.
    invalidate(queries, desk.template.get.key());
    invalidate(queries, desk.channel.key());
    invalidate(queries, desk.practice.key());
  }
  if (kinds.has('template')) invalidate(queries, desk.template.key());
  if (kinds.has('policy')) {
    invalidate(queries, desk.policy.key());
    // How long a desk may be left alone is in the policy.
    invalidate(queries, desk.session.key());
  }
  if (kinds.has('publishing')) {
    invalidate(queries, desk.publishing.key());
    invalidate(queries, desk.reply.get.key());
  }
  if (kinds.has('person')) {
    invalidate(queries, desk.people.key());
    invalidate(queries, desk.session.key());
    invalidate(queries, desk.timestamps.key());
    // Who can decide is a question of roles and keys.
    invalidate(queries, desk.reply.get.key());
    invalidate(queries, desk.template.key());
    invalidate(queries, desk.policy.key());
  }
  if (kinds.has('channel')) {
    invalidate(queries, desk.channel.key());
    invalidate(queries, desk.practice.key());
  }
  if (subjects.length > 0) invalidate(queries, desk.journal.key());
  if (kinds.has('workspace') || topics.includes('timestamps')) invalidate(queries, desk.timestamps.key());
  if (topics.includes('session')) {
    invalidate(queries, desk.session.key());
    // Whoever accepts an invitation signs in with a key that now waits for an admin; no record tells of it.
    invalidate(queries, desk.people.key());
    invalidate(queries, desk.desk.overview.key());
  }
  if (topics.includes('practice')) invalidate(queries, desk.practice.key());
  if (topics.includes('preferences')) {
    invalidate(queries, desk.preferences.key());
    invalidate(queries, desk.session.key());
  }
  if (topics.includes('outbox')) {
    invalidate(queries, desk.desk.overview.key());
    invalidate(queries, desk.reply.get.key());
    invalidate(queries, desk.channel.key());
  }
  // Somebody may have been erased: what was read of them before is not kept.
  if (kinds.has('customer')) void queries.resetQueries({ type: 'inactive' });
  // The past itself stays as it is, but what can be read of it, and by whom, does not.
  if (kinds.has('customer') || kinds.has('person')) invalidate(queries, desk.history.key());
  // Another workspace: nothing of the one before may be shown.
  if (topics.includes('workspace')) {
    witness.begin();
    void queries.resetQueries();
  }
};

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

const isStopped = ({ aborted }: AbortSignal): boolean => aborted;

interface Listener {
  readonly onChange: (change: Change) => void;
  readonly onOnline: () => void;
  readonly onOffline: (why: { isStranger: boolean }) => void;
}

/** Listens until told to stop; after a break it listens again, and everything is read anew. */
const listen = async ({ onChange, onOnline, onOffline }: Listener, signal: AbortSignal): Promise<void> => {
  let wait = FIRST_WAIT;
  while (!isStopped(signal)) {
    let isStranger = false;
    try {
      const changes = await client.desk.changes(undefined, { signal });
      onOnline();
      wait = FIRST_WAIT;
      for await (const change of changes) onChange(change);
    } catch (error) {
      // It is tried again either way: another window of this browser may be let in meanwhile, and this page with it.
      isStranger = toDeskError(error).reason === 'launchNeeded';
    }
    if (isStopped(signal)) return;
    onOffline({ isStranger });
    await sleep(wait, signal);
    wait = Math.min(LONGEST_WAIT, wait * 2);
  }
};

/** Keeps the screens up to date with the desk, and knows whether it can be reached. */
export const LiveUpdates = ({ children }: { children: ReactNode }) => {
  const queries = useQueryClient();
  const [offlineSince, setOfflineSince] = useState<number | null>(null);
  const [isStranger, setIsStranger] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const was = { offline: false };
    void listen(
      {
        onChange: (change) => {
          take(queries, change);
        },
        onOnline: () => {
          setOfflineSince(null);
          setIsStranger(false);
          if (was.offline) void queries.invalidateQueries();
          was.offline = false;
        },
        onOffline: (why) => {
          was.offline = true;
          setIsStranger(why.isStranger);
          setOfflineSince((since) => since ?? Date.now());
        },
      },
      stop.signal,
    );
    return () => {
      stop.abort();
    };
  }, [queries]);
  const isOnline = offlineSince === null;
  return <ConnectionContext value={{ isOnline, offlineSince, isStranger }}>{children}</ConnectionContext>;
};
