import { z } from 'zod';
import { hex256Schema, personIdSchema, replyIdSchema, ulidSchema } from '../identifiers.ts';
import { timeSchema } from '../time.ts';
import { equalBytes, fromUtf8, toHex } from './bytes.ts';
import { canonicalBytes, isTooDeep, problemInValue } from './canonical.ts';
import type { CryptoPort } from './crypto-port.ts';
import { base64Schema } from './record.ts';

export const EXPORT_FORMAT = 'countersign-export/1';

/** What an export is of. A period holds the records from its first moment up to, and without, its last. */
export const exportScopeSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('journal') }),
  z.strictObject({ of: z.literal('reply'), reply: replyIdSchema }),
  z.strictObject({ of: z.literal('period'), from: timeSchema.nullable(), to: timeSchema.nullable() }),
]);
export type ExportScope = z.infer<typeof exportScopeSchema>;

/** What of the sealed text an export opens: nothing, the texts and pictures themselves, or the customers' keys. */
export const REVEALED = ['none', 'content', 'keys'] as const;
export const revealedSchema = z.enum(REVEALED);
export type Revealed = z.infer<typeof revealedSchema>;

const count = z.int().nonnegative();

const FILE_PATH = /^(?:[a-zA-Z0-9][a-zA-Z0-9._-]*\/){0,3}[a-zA-Z0-9][a-zA-Z0-9._-]*$/;

/** Whether a path of an export stays in its folder, whatever somebody wrote there. */
export const isExportPath = (path: string): boolean => path.length <= 200 && FILE_PATH.test(path);

const bodySchema = z.strictObject({
  format: z.literal(EXPORT_FORMAT),
  workspace: ulidSchema,
  scope: exportScopeSchema,
  exportedAt: timeSchema,
  exportedBy: personIdSchema,
  /** Records under the checkpoint that is in the export, and their RFC 9162 root. */
  size: count,
  root: base64Schema(32),
  /** Hex SHA-256 of record 0's leaf bytes. */
  fingerprint: hex256Schema,
  /** Records in the export; of these, those that are here for the keys and roles of the others alone. */
  records: count,
  support: z.array(count),
  revealed: revealedSchema,
  /** Evidence that records here name and that was not there any more, such as an erased customer's. */
  absentEvidence: z.array(hex256Schema),
  /** Every other file, by its path. */
  files: z.array(
    z.strictObject({
      path: z.string().refine(isExportPath, 'leads out of the export'),
      bytes: count,
      sha256: hex256Schema,
    }),
  ),
});
export type ExportManifestBody = z.infer<typeof bodySchema>;

/** `export.json`. `digest` is the hex SHA-256 of the RFC 8785 bytes of everything else in it. */
export const exportManifestSchema = bodySchema.extend({ digest: hex256Schema });
export type ExportManifest = z.infer<typeof exportManifestSchema>;

type Sha256 = Pick<CryptoPort, 'sha256'>;

const digestOf = (body: ExportManifestBody, crypto: Sha256): string => toHex(crypto.sha256(canonicalBytes(body)));

/** The bytes of `export.json`: RFC 8785, no LF. */
export const manifestBytes = (body: ExportManifestBody, crypto: Sha256): Uint8Array =>
  canonicalBytes({ ...body, digest: digestOf(body, crypto) });

/** Reads `export.json`. Hostile input. @returns what it says, and what is wrong with it; `null` where it says nothing */
export const readManifest = (
  bytes: Uint8Array,
  crypto: Sha256,
): { readonly manifest: ExportManifest | null; readonly problem: string | null } => {
  const text = fromUtf8(bytes);
  if (text === null) return { manifest: null, problem: 'it is not UTF-8' };
  if (isTooDeep(text)) return { manifest: null, problem: 'it nests too deep' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { manifest: null, problem: 'it is not JSON' };
  }
  const flaw = problemInValue(value);
  if (flaw !== null) return { manifest: null, problem: flaw };
  const parsed = exportManifestSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { manifest: null, problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}` };
  }
  const { digest, ...body } = parsed.data;
  if (!equalBytes(canonicalBytes(value), bytes))
    return { manifest: parsed.data, problem: 'it is not in RFC 8785 form' };
  const isWhole = digestOf(body, crypto) === digest;
  return { manifest: parsed.data, problem: isWhole ? null : 'it does not have the digest that it names' };
};
