import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { SessionView } from '#workflows/contract/session.contract.ts';
import { desk } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { Button } from '../design/button.tsx';
import { Blank } from '../design/pane-state.tsx';
import { SkeletonLines, useIsSlow } from '../design/skeleton.tsx';
import { useWitness } from '../witness/use-witness.ts';
import { useWords } from '../words/use-words.ts';
import { DesktopMenu } from './desktop-menu.tsx';
import { LockCover } from './lock-cover.tsx';
import { SessionProvider, type OpenWorkspace, type SignedIn } from './session.tsx';
import { Shell } from './shell.tsx';

const StartScreen = lazy(async () => ({ default: (await import('../start/start-screen.tsx')).StartScreen }));
const UnsealScreen = lazy(async () => ({ default: (await import('../start/unseal-screen.tsx')).UnsealScreen }));
const OpeningScreen = lazy(async () => ({ default: (await import('../start/opening-screen.tsx')).OpeningScreen }));
const SignInScreen = lazy(async () => ({ default: (await import('../start/sign-in-screen.tsx')).SignInScreen }));
const LockScreen = lazy(async () => ({ default: (await import('../start/lock-screen.tsx')).LockScreen }));

const RefusedScreen = lazy(async () => ({ default: (await import('../witness/refused-screen.tsx')).RefusedScreen }));

type Locked = Extract<SessionView, { state: 'locked' }>;

const Loading = () => {
  const say = useWords();
  return useIsSlow(true) ? <SkeletonLines label={say('state.loading')} /> : null;
};

const Unreachable = ({ error, onRetry }: { error: unknown; onRetry: () => void }) => {
  const say = useWords();
  return (
    <main className="blank center">
      <Blank
        icon="offline"
        title={say('state.deskUnreachable')}
        acts={
          <Button kind="lined" onClick={onRetry}>
            {say('act.tryAgain')}
          </Button>
        }
      >
        {errorInWords(say, error)}
      </Blank>
    </main>
  );
};

/**
 * The desk, and in front of it its lock. What was on the screen when it locked stays there for the same person; after a
 * reload, or for somebody else, nothing of it is.
 */
const Desk = ({ status, session }: { status: OpenWorkspace; session: SignedIn | Locked }) => {
  const say = useWords();
  const witnessed = useWitness();
  const [last, setLast] = useState<SignedIn | null>(null);
  if (session.state === 'signedIn' && session !== last) setLast(session);
  const kept = session.state === 'signedIn' ? session : last?.person.id === session.person.id ? last : null;
  const lock =
    session.state === 'locked' ? (
      <Suspense fallback={<Loading />}>
        <LockScreen status={status} session={session} />
      </Suspense>
    ) : null;
  if (!kept) return lock;
  return (
    <>
      <SessionProvider session={kept} workspace={status}>
        <Shell>
          <Outlet />
        </Shell>
      </SessionProvider>
      {session.state === 'locked' ? (
        <LockCover label={say('lock.title', { name: session.person.name })}>{lock}</LockCover>
      ) : null}
      {session.state === 'signedIn' && witnessed.kind === 'refused' && !witnessed.readsOn ? (
        <LockCover label={say('witness.title')}>
          <Suspense fallback={<Loading />}>
            <RefusedScreen journal={witnessed.journal} />
          </Suspense>
        </LockCover>
      ) : null}
    </>
  );
};

/** What stands before the desk: choose a workspace, unlock it, say who you are. Behind it, every screen has a person. */
export const Gate = () => (
  <>
    <DesktopMenu />
    <Doors />
  </>
);

/** How often it is asked how far an opening is, in milliseconds. */
const PROGRESS_INTERVAL = 500;

const Doors = () => {
  const status = useQuery({
    ...desk.workspace.status.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.state === 'opening' ? PROGRESS_INTERVAL : false),
  });
  const session = useQuery({ ...desk.session.current.queryOptions(), enabled: status.data?.state === 'open' });
  if (status.isError && !status.data) return <Unreachable error={status.error} onRetry={() => void status.refetch()} />;
  if (!status.data) return <Loading />;
  if (status.data.state === 'none')
    return (
      <Suspense fallback={<Loading />}>
        <StartScreen status={status.data} />
      </Suspense>
    );
  if (status.data.state === 'sealed')
    return (
      <Suspense fallback={<Loading />}>
        <UnsealScreen status={status.data} />
      </Suspense>
    );
  if (status.data.state === 'opening')
    return (
      <Suspense fallback={<Loading />}>
        <OpeningScreen status={status.data} />
      </Suspense>
    );
  if (session.isError && !session.data)
    return <Unreachable error={session.error} onRetry={() => void session.refetch()} />;
  if (!session.data) return <Loading />;
  if (session.data.state === 'signedOut')
    return (
      <Suspense fallback={<Loading />}>
        <SignInScreen status={status.data} session={session.data} />
      </Suspense>
    );
  return <Desk status={status.data} session={session.data} />;
};
