import { z } from 'zod';
import { personIdSchema } from '../identifiers.ts';
import { personNameSchema } from '../people/person.records.ts';
import { roleSchema } from '../people/roles.ts';
import { commandIdSchema, procedure, query, receiptSchema } from './base.ts';

export const personViewSchema = z.strictObject({
  id: personIdSchema,
  version: z.int(),
  name: z.string(),
  roles: z.array(roleSchema),
  isRemoved: z.boolean(),
  addedAt: z.string(),
  /** `invited`: a code is out; `accepted`: a key waits to be registered; `unconfirmed`: it waits for a second person. */
  keyState: z.enum(['valid', 'invited', 'accepted', 'unconfirmed', 'none']),
  keyId: z.string().nullable(),
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
