import { z } from 'zod';
import { isLoopbackHost, strangersOriginOf } from './hosts.ts';
import { isHandle } from './post-address.ts';

/** As much of a DID document as is needed; hostile. @see https://atproto.com/specs/did */
export const didDocumentSchema = z.object({
  id: z.string().max(500),
  alsoKnownAs: z.array(z.string().max(500)).max(100).optional(),
  service: z
    .array(z.object({ id: z.string(), type: z.string(), serviceEndpoint: z.unknown() }))
    .max(100)
    .optional(),
});
export type DidDocument = z.infer<typeof didDocumentSchema>;

/**
 * Origin of the server that keeps the posts of a document's account; `null` where it names none that may be asked.
 * @param service our own account's server; a development network's identities may name this machine
 */
export const homeIn = (document: DidDocument, service: string): string | null => {
  const entry = document.service?.find(({ id }) => id === '#atproto_pds' || id === `${document.id}#atproto_pds`);
  if (entry?.type !== 'AtprotoPersonalDataServer' || typeof entry.serviceEndpoint !== 'string') return null;
  return strangersOriginOf(entry.serviceEndpoint, isLoopbackHost(new URL(service).hostname));
};

/** The handle that a document claims, which is nobody's until it is resolved back; `null` for none. */
export const claimedHandleIn = (document: DidDocument): string | null => {
  const handle = document.alsoKnownAs?.find((alias) => alias.startsWith('at://'))?.slice('at://'.length);
  return handle !== undefined && isHandle(handle) ? handle.toLowerCase() : null;
};
