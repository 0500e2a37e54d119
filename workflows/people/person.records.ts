import { z } from 'zod';
import { hex256Schema, ulidSchema } from '../identifiers.ts';
import { base64Schema } from '../journal/record.ts';
import { roleSchema } from './roles.ts';

const publicKeySchema = base64Schema(32);
const signatureSchema = base64Schema(64);

/** A name as it was signed: read as it stands, since what is changed by reading is not what the signature covers. */
const signedNameSchema = z
  .string()
  .max(80)
  .refine((name) => name.isWellFormed() && name.trim() !== '');

/** A name as somebody types it, without the white space around it. */
export const personNameSchema = z.string().trim().pipe(signedNameSchema);

const rolesSchema = z
  .array(roleSchema)
  .min(1)
  .refine((roles) => new Set(roles).size === roles.length);

/** Data of every type that is about the workspace itself, its people and their keys. */
export const PERSON_RECORDS = {
  'workspace.created': z.strictObject({
    workspace: ulidSchema,
    name: z.string().min(1).max(120),
    adminName: signedNameSchema,
    publicKey: publicKeySchema,
    checkpointKey: publicKeySchema,
    /** A practice desk with invented people and posts. */
    sample: z.literal(true).optional(),
  }),
  'workspace.keyRotated': z.strictObject({ checkpointKey: publicKeySchema, proof: signatureSchema }),
  'person.added': z.strictObject({ name: signedNameSchema, roles: rolesSchema }),
  'person.rolesChanged': z.strictObject({ roles: rolesSchema }),
  'person.removed': z.strictObject({}),
  'person.keyRegistered': z.strictObject({ publicKey: publicKeySchema, proof: signatureSchema }),
  'person.keyConfirmed': z.strictObject({ key: hex256Schema }),
  'person.keyRevoked': z.strictObject({ key: hex256Schema, cause: z.enum(['lost', 'replaced', 'left']) }),
} as const;
