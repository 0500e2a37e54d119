import type { PublicationId } from '#workflows/identifiers.ts';
import { toHex } from '#workflows/journal/bytes.ts';
import { canonicalBytes, canonicalText, type JsonObject } from '#workflows/journal/canonical.ts';
import type { Content } from '#workflows/content/content.ts';
import { sealedPayloadSchema, type SealedPayload } from '#workflows/publication/publication.records.ts';
import type { ChannelAdapter } from '../channels/channel-adapter.ts';
import type { ExecuteContext } from '../core/execute.ts';
import type { PublicationEntry, ReplyEntry } from '../core/state/tables.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import { preflight, PreflightError } from './preflight.ts';

/** What is to be sent, with everything that only sending can know. */
export interface Parcel {
  readonly id: PublicationId;
  readonly attempt: number;
  readonly account: string;
  readonly target: JsonObject;
  readonly payload: JsonObject;
  readonly key: string | null;
  readonly contentHash: string;
}

/** Hex SHA-256 of a value's RFC 8785 bytes. */
export const hashOf = (value: unknown): string => toHex(nodeCrypto.sha256(canonicalBytes(value)));

/** The payload of the first attempt, as the journal holds it. @throws PreflightError */
export const payloadOf = (
  { payloadSeq, state }: PublicationEntry,
  { journal, seals }: Pick<ExecuteContext, 'journal' | 'seals'>,
): SealedPayload => {
  const sealed = seals.open(journal.read(payloadSeq), sealedPayloadSchema);
  if (!sealed) throw new PreflightError('the payload of the first attempt cannot be opened');
  if (hashOf(sealed.payload) !== state.context.payloadHash) {
    throw new PreflightError('the payload of the first attempt has another hash than was recorded');
  }
  return sealed;
};

/**
 * The first payload: sending may add members to what was approved, and change none. Its members are in RFC 8785's order,
 * as a retry will find them in the journal, so that every request is the same to the byte.
 */
const newPayload = ({ operation, payload, account, target }: Content, adapter: ChannelAdapter, now: Date) =>
  operation === 'takeDown'
    ? { account, target, payload, key: 'takeDown' }
    : { account, target, payload: inCanonicalOrder(adapter.complete(payload, now)), key: adapter.newKey(now) };

const inCanonicalOrder = (payload: JsonObject): JsonObject => JSON.parse(canonicalText(payload)) as JsonObject;

const isSame = (one: unknown, other: unknown): boolean =>
  one !== undefined && other !== undefined && canonicalText(one) === canonicalText(other);

/** Whatever is handed to the channel is what was approved, whichever way it came here. */
const checkAgainst = (content: Content, { account, target, payload }: SealedPayload): void => {
  const isWhole =
    content.operation === 'takeDown'
      ? isSame(payload, content.payload)
      : Object.entries(content.payload).every(([name, value]) => isSame(payload[name], value));
  if (!isWhole || account !== content.account || !isSame(target, content.target)) {
    throw new PreflightError('what would be sent is not what was approved');
  }
};

/**
 * Takes the content from the journal itself; a retry takes the very payload and key of the first attempt.
 * @throws PreflightError when the journal does not bear it out, or it is not for this channel's account
 */
export const packParcel = (
  reply: ReplyEntry,
  adapter: ChannelAdapter,
  { tables, journal, seals, clock }: ExecuteContext,
): Parcel => {
  const publications = tables.publications.ofReply(reply.id);
  const { content, state } = preflight(
    reply.id,
    publications.map((entry) => entry.id),
    { journal, seals },
  );
  const { publication: id, contentHash, operation } = state.context;
  if (!id || contentHash === null) throw new PreflightError('the journal has no release');
  const isForHere =
    content.channel === reply.channel &&
    content.operation === operation &&
    content.account === tables.channels.get(reply.channel)?.account;
  if (!isForHere) throw new PreflightError('it was approved for another account or act');
  const known = tables.publications.get(id);
  const sealed = known
    ? { ...payloadOf(known, { journal, seals }), key: known.state.context.key }
    : newPayload(content, adapter, new Date(clock.now()));
  checkAgainst(content, sealed);
  return { id, attempt: (known?.state.context.attempts ?? 0) + 1, ...sealed, contentHash };
};
