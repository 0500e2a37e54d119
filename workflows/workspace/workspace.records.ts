import { z } from 'zod';

/** Longest address of a time-stamping authority. */
export const LONGEST_ADDRESS = 500;

/** So many certificates of an authority are trusted at most; each of at most so many characters of base64. */
export const MOST_CERTIFICATES = 5;
const LONGEST_CERTIFICATE = 8_000;

/** Where time stamps are asked for, and whose they must be (RFC 3161). */
export const authoritySchema = z.strictObject({
  address: z.string().min(1).max(LONGEST_ADDRESS),
  /** The certificates that are trusted, each as base64 of its DER (RFC 5280). */
  certificates: z.array(z.base64().min(1).max(LONGEST_CERTIFICATE)).min(1).max(MOST_CERTIFICATES),
});
export type StampAuthority = z.infer<typeof authoritySchema>;

/** Data of the types by which admins set up the workspace as a whole. */
export const WORKSPACE_RECORDS = {
  /** `null`: checkpoints are no longer time-stamped by themselves. */
  'workspace.timestampingChanged': z.strictObject({ authority: authoritySchema.nullable() }),
} as const;
