import type { ErasureView } from '#workflows/contract/erasure.contract.ts';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { mayConfirmErasure } from '#workflows/erasure/erasure.machine.ts';
import type { CustomerId } from '#workflows/identifiers.ts';
import { requireCustomer } from '../commands/erasure-commands.ts';
import type { Desk } from '../desk.ts';
import type { DeskReading } from '../desk-reading.ts';
import { filesOf, heldDataOf } from '../erasure/held-data.ts';
import { obstaclesTo } from '../erasure/obstacles.ts';
import { inSlices } from '../slices.ts';
import { isErased } from '../state/evolve-erasure.ts';
import type { ErasureEntry, ReplyEntry, SignedBy } from '../state/tables.ts';
import { namesInRole, type Viewer } from '../viewer.ts';
import { personRef } from './references.ts';

const signedView = (desk: DeskReading, { by, at }: SignedBy) => ({ by: personRef(desk, by), at });

/** The handle under which the newest post was taken in; `null` once erased. */
export const handleOfCustomer = (desk: DeskReading, customer: CustomerId): string | null => {
  const [newest] = desk.tables.replies.ofCustomer(customer, 1);
  return newest ? (desk.texts.capture(newest.mention)?.capture.post.author.handle ?? null) : null;
};

/** How many captures of other customers' posts hold one of theirs in the thread above. */
const countQuotes = async (desk: Desk, customer: CustomerId, own: readonly ReplyEntry[]): Promise<number> => {
  const channels = new Set(own.map(({ channel }) => channel));
  const ids = new Set(own.flatMap(({ mention }) => desk.texts.capture(mention)?.capture.post.author.id ?? []));
  if (ids.size === 0) return 0;
  let count = 0;
  for await (const key of inSlices(desk.tables.replies.keys())) {
    if (key.customer === customer || !channels.has(key.channel)) continue;
    const thread = desk.texts.capture(key.mention)?.capture.thread;
    if (thread?.some(({ author }) => ids.has(author.id)) === true) count += 1;
  }
  return count;
};

const leavesOf = async (desk: Desk, customer: CustomerId): Promise<ErasureView['leaves']> => {
  const { replies } = heldDataOf(desk.tables, customer);
  const isOutside = ({ channel, state }: ReplyEntry): boolean =>
    state.context.publishedHash !== null && desk.tables.channels.get(channel)?.kind !== 'sandbox';
  return { publicReplies: replies.filter(isOutside).length, quotedBy: await countQuotes(desk, customer, replies) };
};

const stateOf = (entry: ErasureEntry | undefined): ErasureView['state'] => {
  if (isErased(entry)) return 'erased';
  return entry?.state.value === 'proposed' ? 'proposed' : 'kept';
};

const proposalOf = (desk: Desk, entry: ErasureEntry | undefined): ErasureView['proposal'] =>
  entry?.proposed
    ? {
        ...signedView(desk, entry.proposed),
        ground: entry.proposed.ground,
        reason: desk.texts.note(entry.proposed.seq),
      }
    : null;

const mayConfirm = (entry: ErasureEntry | undefined, { person, roles }: Viewer): boolean =>
  entry?.state.value === 'proposed' &&
  roles.includes('legal') &&
  mayConfirmErasure(entry.state.context, { person, role: 'legal' }) === null;

/** Proposals that this person can confirm or decline, the oldest first. */
export const erasuresFor = (desk: Desk, viewer: Viewer): CustomerId[] =>
  [...desk.tables.erasures.values()]
    .filter((entry) => mayConfirm(entry, viewer))
    .sort((a, b) => (a.proposed?.seq ?? 0) - (b.proposed?.seq ?? 0))
    .map(({ customer }) => customer);

/** What was said about erasing the customer of a reply; `null` for nothing. */
export const erasureOfReply = (desk: DeskReading, { customer }: ReplyEntry): ReplyView['erasure'] => {
  const entry = desk.tables.erasures.get(customer);
  if (!entry) return null;
  const { confirmed, proposed, declined } = entry;
  if (confirmed) return { state: 'erased', ...signedView(desk, confirmed) };
  if (proposed) return { state: 'proposed', ...signedView(desk, proposed) };
  return declined ? { state: 'declined', ...signedView(desk, declined) } : null;
};

/** Where a customer's data stand, and what this person may do about it. @throws RefusalError `NOT_FOUND` */
export const erasureView = async (desk: Desk, viewer: Viewer, customer: CustomerId): Promise<ErasureView> => {
  requireCustomer(desk, customer);
  const leaves = await leavesOf(desk, customer);
  const entry = desk.tables.erasures.get(customer);
  const state = stateOf(entry);
  const { readOnly } = desk.journal;
  const obstacles = state === 'erased' ? [] : obstaclesTo(desk, customer);
  const barred = entry?.state.context.proposedBy ?? viewer.person;
  return {
    customer,
    version: entry?.version ?? 0,
    handle: handleOfCustomer(desk, customer),
    state,
    proposal: proposalOf(desk, entry),
    declined: entry?.declined
      ? { ...signedView(desk, entry.declined), reason: desk.texts.note(entry.declined.seq) }
      : null,
    erased: entry?.confirmed
      ? { ...signedView(desk, entry.confirmed), isComplete: desk.purge.isComplete(customer) }
      : null,
    takes: {
      replies: heldDataOf(desk.tables, customer).replies.length,
      files: filesOf(desk, customer).length,
    },
    leaves,
    obstacles: obstacles.map(({ reason, values }) => ({ reason, values: { ...values } })),
    mayPropose: !readOnly && state === 'kept' && viewer.roles.includes('admin'),
    mayConfirm: !readOnly && mayConfirm(entry, viewer),
    mayDecline: !readOnly && state === 'proposed' && viewer.roles.includes('legal'),
    canConfirm: namesInRole(desk, 'legal', new Set([barred])),
  };
};
