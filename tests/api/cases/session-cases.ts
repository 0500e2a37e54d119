import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { PASSPHRASE } from '../../core/roster.ts';
import type { ProcedureCase } from '../procedure-case.ts';
import { invited } from './newcomers.ts';

export const SESSION_CASES = {
  'session.current': { by: null, access: 'anybody' },
  'session.signIn': {
    by: null,
    access: 'anybody',
    input: ({ desk }) => ({ person: desk.people.cleo.id, passphrase: PASSPHRASE }),
  },
  'session.signOut': { by: 'cleo', access: 'anybody' },
  'session.lock': { by: 'cleo', access: 'anybody' },
  'session.unlock': {
    by: 'cleo',
    access: 'everybody',
    input: ({ desk, sessionId }) => {
      desk.host.sessions.lock(sessionId);
      return { passphrase: PASSPHRASE };
    },
  },
  'session.touch': { by: 'cleo', access: 'anybody' },
  'session.changePassphrase': {
    by: 'cleo',
    access: 'everybody',
    input: () => ({ current: PASSPHRASE, next: 'another long passphrase' }),
    after: async ({ desk }) => {
      const { id } = desk.people.cleo;
      const { key } = desk.host.sessions.get(id);
      const { keys, journal } = desk.host.desk;
      if (!key) throw new Error('Cleo is not signed in');
      const { origin } = journal;
      keys.storePersonKey(await keys.wrapPersonKey(id, { key, origin }, PASSPHRASE, PRACTICE_COST));
    },
  },
  'session.acceptInvitation': {
    by: null,
    access: 'anybody',
    input: async ({ desk }) => ({ code: (await invited(desk)).code, passphrase: 'a long passphrase' }),
  },
  'preferences.get': { by: 'cleo', access: 'anybody' },
  'preferences.set': { by: 'cleo', access: 'anybody', input: () => ({ theme: 'dark' }) },
} satisfies Record<string, ProcedureCase>;
