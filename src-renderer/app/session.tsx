import { createContext, useContext, useEffect, type ReactNode } from 'react';
import type { SessionView } from '#workflows/contract/session.contract.ts';
import type { WorkspaceStatus } from '#workflows/contract/workspace.contract.ts';
import type { Role } from '#workflows/people/roles.ts';
import { client } from '../api/client.ts';
import { useJudgement } from '../witness/use-witness.ts';

export type SignedIn = Extract<SessionView, { state: 'signedIn' }>;
export type OpenWorkspace = Extract<WorkspaceStatus, { state: 'open' }>;

interface SessionFacts {
  readonly session: SignedIn;
  readonly workspace: OpenWorkspace;
}

const SessionContext = createContext<SessionFacts | null>(null);

/** Who is signed in, and to what. Only behind the gate. */
export const useSession = (): SessionFacts => {
  const facts = useContext(SessionContext);
  if (!facts) throw new Error('there is no session outside the gate');
  return facts;
};

export const useHasRole = (role: Role): boolean => useSession().session.person.roles.includes(role);

/** So often at most the desk is told that the person is there. */
const TOUCH_EVERY = 20_000;

/** Tells the desk of signs of life, so that it locks only what was left alone. */
const useSignsOfLife = (): void => {
  useEffect(() => {
    let last = 0;
    const touch = (): void => {
      const now = Date.now();
      if (now - last < TOUCH_EVERY) return;
      last = now;
      client.session.touch().catch(() => {
        // An unreachable desk is shown elsewhere; the next sign of life tries again.
        last = 0;
      });
    };
    const signs = ['keydown', 'pointerdown', 'wheel'] as const;
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true });
    return () => {
      for (const sign of signs) window.removeEventListener(sign, touch);
    };
  }, []);
};

export const SessionProvider = ({ session, workspace, children }: SessionFacts & { children: ReactNode }) => {
  useSignsOfLife();
  useJudgement();
  return <SessionContext value={{ session, workspace }}>{children}</SessionContext>;
};
