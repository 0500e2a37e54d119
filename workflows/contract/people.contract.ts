import { z } from 'zod';
import { hex256Schema, personIdSchema } from '../identifiers.ts';
import { personNameSchema } from '../people/person.records.ts';
import { roleSchema } from '../people/roles.ts';
import { timeSchema } from '../time.ts';
import { commandIdSchema, personRefSchema, procedure, query, receiptSchema } from './base.ts';

/** A key as the journal tells of it. */
export const personKeySchema = z.strictObject({
  id: hex256Schema,
  registeredAt: timeSchema,
  registeredBy: personRefSchema,
  /** From when on it counts; `null` while a second person has not vouched for it. */
  validFrom: timeSchema.nullable(),
  /** The second person; `null` where none was needed. */
  confirmedBy: personRefSchema.nullable(),
  endedAt: timeSchema.nullable(),
  /** `removed`: the person was removed from the desk. */
  cause: z.enum(['lost', 'replaced', 'left', 'removed']).nullable(),
});
export type PersonKeyView = z.infer<typeof personKeySchema>;

export const personViewSchema = z.strictObject({
  id: personIdSchema,
  version: z.int(),
  name: z.string(),
  roles: z.array(roleSchema),
  isRemoved: z.boolean(),
  addedAt: z.string(),
  removedAt: timeSchema.nullable(),
  /** `invited`: a code is out; `accepted`: a key waits to be registered; `unconfirmed`: it waits for a second person. */
  keyState: z.enum(['valid', 'invited', 'accepted', 'unconfirmed', 'none']),
  keyId: z.string().nullable(),
  /** Every key that was registered for the person, the newest first. */
  keys: z.array(personKeySchema),
  invitationExpiresAt: z.string().nullable(),
  /** What the person who asks may do about it. */
  acts: z.strictObject({
    changeRoles: z.boolean(),
    remove: z.boolean(),
    invite: z.boolean(),
    registerKey: z.boolean(),
    confirmKey: z.boolean(),
    revokeKey: z.boolean(),
  }),
});
export type PersonView = z.infer<typeof personViewSchema>;

const rolesSchema = z.array(roleSchema).min(1).max(6);

const invitationSchema = receiptSchema.extend({
  /** One-time code; shown once, never stored in clear. */
  code: z.string(),
  expiresAt: z.string(),
});

export const peopleContract = {
  list: query.output(z.strictObject({ people: z.array(personViewSchema), mayManage: z.boolean() })),
  /** Adds a person and gives the code by which they choose their passphrase. */
  add: procedure
    .input(z.strictObject({ commandId: commandIdSchema, name: personNameSchema, roles: rolesSchema }))
    .output(invitationSchema),
  /** A new code for a person whose code ran out or whose passphrase is lost; a key that still counted is revoked. */
  invite: procedure
    .input(z.strictObject({ commandId: commandIdSchema, person: personIdSchema }))
    .output(invitationSchema),
  changeRoles: procedure
    .input(z.strictObject({ commandId: commandIdSchema, person: personIdSchema, version: z.int(), roles: rolesSchema }))
    .output(receiptSchema),
  remove: procedure
    .input(z.strictObject({ commandId: commandIdSchema, person: personIdSchema, version: z.int() }))
    .output(receiptSchema),
  /** Records the key of a person who accepted their invitation. */
  registerKey: procedure
    .input(z.strictObject({ commandId: commandIdSchema, person: personIdSchema }))
    .output(receiptSchema),
  /** The second person vouches for a key that replaces an earlier one. */
  confirmKey: procedure
    .input(z.strictObject({ commandId: commandIdSchema, person: personIdSchema, key: z.string() }))
    .output(receiptSchema),
  revokeKey: procedure
    .input(z.strictObject({ commandId: commandIdSchema, person: personIdSchema }))
    .output(receiptSchema),
};
