import { z } from 'zod';
import { personIdSchema } from '../identifiers.ts';
import { roleSchema } from '../people/roles.ts';
import { passphraseSchema, procedure, query } from './base.ts';
import { newPassphraseSchema } from './workspace.contract.ts';

export const sessionSchema = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('signedOut'),
    /** Who may sign in here. */
    people: z.array(z.strictObject({ id: personIdSchema, name: z.string(), roles: z.array(roleSchema) })),
    /** The sample's one passphrase, so that each role is a click away; `null` in a real workspace. */
    practicePassphrase: z.string().nullable(),
  }),
  z.strictObject({ state: z.literal('locked'), person: z.strictObject({ id: personIdSchema, name: z.string() }) }),
  z.strictObject({
    state: z.literal('signedIn'),
    person: z.strictObject({ id: personIdSchema, name: z.string(), roles: z.array(roleSchema) }),
    /** Why the person cannot sign yet: their key waits for an admin, or for a second person. */
    keyState: z.enum(['valid', 'awaitingRegistration', 'awaitingConfirmation', 'none']),
    idleLockMinutes: z.int().positive(),
    /** Until when the passphrase counts for further decisions; `null` asks each time. */
    confirmedUntil: z.string().nullable(),
    practicePassphrase: z.string().nullable(),
  }),
]);
export type SessionView = z.infer<typeof sessionSchema>;

export const sessionContract = {
  current: query.output(sessionSchema),
  signIn: procedure
    .input(z.strictObject({ person: personIdSchema, passphrase: passphraseSchema }))
    .output(sessionSchema),
  /** Ends the session and forgets its key. */
  signOut: procedure.output(sessionSchema),
  /** Forgets the key but keeps the place; the passphrase opens it again. */
  lock: procedure.output(sessionSchema),
  unlock: procedure.input(z.strictObject({ passphrase: passphraseSchema })).output(sessionSchema),
  /** Tells that the person is there, so that the desk does not lock. */
  touch: procedure.output(z.strictObject({ ok: z.literal(true) })),
  changePassphrase: procedure
    .input(z.strictObject({ current: passphraseSchema, next: newPassphraseSchema }))
    .output(z.strictObject({ ok: z.literal(true) })),
  /** A new or returning person redeems their one-time code and chooses a passphrase. */
  acceptInvitation: procedure
    .input(z.strictObject({ code: z.string().trim().min(1).max(100), passphrase: newPassphraseSchema }))
    .output(sessionSchema),
};
