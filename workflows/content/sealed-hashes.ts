import type { RecordType } from '../records.ts';

/**
 * Where a record's signed part binds what it seals: the member of the sealed value whose RFC 8785 bytes have the hex SHA-256
 * that stands in the member of `data`. Reasons and notes are sealed without such a hash.
 */
export const SEALED_HASHES: Readonly<Partial<Record<RecordType, { readonly member: string; readonly hash: string }>>> =
  {
    'mention.captured': { member: 'capture', hash: 'captureHash' },
    'reply.revised': { member: 'content', hash: 'contentHash' },
    'publication.attempted': { member: 'payload', hash: 'payloadHash' },
    'publication.observed': { member: 'observed', hash: 'observedHash' },
  };

/** The same for a type that need not be known. */
export const sealedHashOf = (type: string): { readonly member: string; readonly hash: string } | null =>
  Object.hasOwn(SEALED_HASHES, type) ? (SEALED_HASHES[type as RecordType] ?? null) : null;
