import { createHash, randomBytes } from 'node:crypto';
import { captureHashOf, type Capture } from '#workflows/content/content.ts';
import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { PostView } from '#workflows/contract/mention.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ChannelId, CustomerId, MentionId, ReplyId } from '#workflows/identifiers.ts';
import type { SealedCapture } from '#workflows/mention/mention.records.ts';
import type { Role } from '#workflows/people/roles.ts';
import { EDITING_ROLES } from '#workflows/reply/reply.events.ts';
import { addMinutes } from '#workflows/time.ts';
import { CaptureError, ChannelError, type CapturedPost } from '../../channels/channel-adapter.ts';
import { nodeCrypto } from '../../journal/node-crypto.ts';
import type { DraftRecord } from '../draft-record.ts';
import type { Desk } from '../desk.ts';
import { isErased } from '../state/evolve-erasure.ts';
import type { ChannelEntry, ReplyEntry } from '../state/tables.ts';
import { actingRole, type Viewer } from '../viewer.ts';
import { postView } from '../views/posts.ts';
import { requireReply } from '../views/reply-view.ts';
import { requireChannel } from './channel-commands.ts';
import { answerOfEarlier, byPerson } from './command.ts';

/** The channel that an address belongs to. @throws RefusalError when none of the workspace's channels knows it */
const channelOfAddress = (desk: Desk, address: string): ChannelEntry => {
  const channels = [...desk.tables.channels.values()].filter(({ isRemoved }) => !isRemoved);
  // A channel that is out of order recognises nothing; the others go on.
  const channel = channels.find(({ id }) => desk.channels.get(id).recognises(address));
  if (channel) return channel;
  const names = channels.map(({ name }) => name);
  throw new RefusalError(
    refuse('INVALID_INPUT', names.length === 0 ? 'noChannels' : 'addressOfNoChannel', { channels: names }),
  );
};

const readPost = async (desk: Desk, channel: ChannelEntry, address: string): Promise<CapturedPost> => {
  try {
    return await desk.channels.get(channel.id).capture(address);
  } catch (error) {
    if (error instanceof ChannelError) {
      throw new RefusalError(refuse('UNAVAILABLE', 'channelUnreachable', { channel: channel.name }), { cause: error });
    }
    if (!(error instanceof CaptureError)) throw error;
    const code = error.problem === 'channelUnreachable' ? 'UNAVAILABLE' : 'INVALID_INPUT';
    throw new RefusalError(refuse(code, error.problem, { channel: channel.name }), { cause: error });
  }
};

const identityOf = (
  desk: Desk,
  channel: ChannelEntry,
  captured: CapturedPost,
): { network: string; author: string } => ({
  network: desk.channels.get(channel.id).network,
  author: captured.post.author.id,
});

/** The customer behind an author; `null` for a new one, and for one who was erased: whoever comes back begins anew. */
const knownCustomer = (desk: Desk, network: string, author: string): CustomerId | null => {
  const known = desk.keys.customerOf(network, author);
  return known && !isErased(desk.tables.erasures.get(known)) ? known : null;
};

/** The reply that was opened for this very post already; `null` when it is new. */
const existingReply = (desk: Desk, channel: ChannelEntry, captured: CapturedPost): ReplyEntry | null => {
  const { network, author } = identityOf(desk, channel, captured);
  const customer = knownCustomer(desk, network, author);
  if (!customer) return null;
  const first = desk.tables.replies
    .ofCustomer(customer)
    .findLast(({ mention }) => desk.texts.capture(mention)?.capture.post.id === captured.post.id);
  return (first && desk.tables.replies.get(first.id)) ?? null;
};

/** Reads a post and shows what would be captured. */
export const lookUp = async (desk: Desk, viewer: Viewer, { address }: { address: string }) => {
  actingRole(desk, viewer, EDITING_ROLES);
  const channel = channelOfAddress(desk, address);
  const captured = await readPost(desk, channel, address);
  const view = (post: CapturedPost['post']): PostView => postView(post, channel);
  return {
    channel: channel.id,
    post: view(captured.post),
    thread: captured.thread.map(view),
    pictures: captured.pictures.length,
    existing: existingReply(desk, channel, captured)?.id ?? null,
  };
};

interface OpeningContext {
  readonly desk: Desk;
  readonly channel: ChannelEntry;
  readonly source: Capture['source'];
  readonly role: Role;
  /** The published reply that the post answers. */
  readonly follows: ReplyId | null;
}

/** Everything of a post that is kept: hashed as a whole, pictures in encrypted files, under the customer's key. */
const keepCapture = (
  { desk, channel, source }: OpeningContext,
  captured: CapturedPost,
  customer: CustomerId,
): { sealed: SealedCapture; captureHash: string; evidence: string[] } => {
  const pictures = captured.pictures.map(({ bytes, mediaType, alt }) => ({
    picture: { hash: createHash('sha256').update(bytes).digest('hex'), mediaType, alt, bytes: bytes.length },
    evidence: desk.seals.keepFile(bytes, customer),
  }));
  const capture: Capture = {
    salt: randomBytes(16).toString('base64'),
    channel: channel.id,
    post: captured.post,
    thread: [...captured.thread],
    pictures: pictures.map(({ picture }) => picture),
    target: captured.target,
    source,
  };
  return {
    sealed: { capture, pictures: pictures.map(({ picture, evidence }) => ({ hash: picture.hash, evidence })) },
    captureHash: captureHashOf(capture, nodeCrypto),
    evidence: pictures.map(({ evidence }) => evidence),
  };
};

/** The records that take a post in and open a reply to it. A new customer's key is durable before they are written. */
const openingOf = (context: OpeningContext, captured: CapturedPost): { drafts: DraftRecord[]; reply: ReplyId } => {
  const { desk, channel, role, follows } = context;
  const { network, author } = identityOf(desk, channel, captured);
  const known = knownCustomer(desk, network, author);
  const customer = known ?? desk.newId('customer');
  if (!known) desk.keys.addCustomer(customer, network, author);
  const { sealed, captureHash, evidence } = keepCapture(context, captured, customer);
  const mention: MentionId = desk.newId('mention');
  const reply: ReplyId = desk.newId('reply');
  const now = desk.now();
  const postedAt = captured.post.at < now ? captured.post.at : now;
  const { acknowledgeMinutes, answerMinutes } = channel.promise;
  return {
    reply,
    drafts: [
      {
        type: 'mention.captured',
        subject: mention,
        by: { system: 'intake' },
        data: {
          channel: channel.id,
          customer,
          captureHash,
          ...(follows ? { answers: follows } : {}),
          ...(evidence.length > 0 ? { evidence } : {}),
        },
        seal: [{ under: customer, value: sealed }],
      },
      {
        type: 'reply.opened',
        subject: reply,
        by: { role },
        data: {
          mention,
          channel: channel.id,
          customer,
          language: captured.post.language,
          postedAt,
          acknowledgeBy: addMinutes(postedAt, acknowledgeMinutes),
          dueAt: addMinutes(postedAt, answerMinutes),
          follows,
        },
      },
    ],
  };
};

const refuseTwice = (desk: Desk, channel: ChannelEntry, captured: CapturedPost): void => {
  const existing = existingReply(desk, channel, captured);
  if (existing) throw new RefusalError(refuse('INVALID_INPUT', 'alreadyCaptured', { reply: existing.id }));
};

/** Captures a post by its address and opens a reply to it. */
export const capture = async (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; address: string },
): Promise<CommandReceipt> => {
  actingRole(desk, viewer, EDITING_ROLES);
  const earlier = await answerOfEarlier(desk, viewer, input.commandId);
  if (earlier) return earlier;
  const { id } = channelOfAddress(desk, input.address);
  const captured = await readPost(desk, requireChannel(desk, id), input.address);
  return byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, EDITING_ROLES);
    const channel = requireChannel(desk, id);
    refuseTwice(desk, channel, captured);
    const { drafts, reply } = openingOf({ desk, channel, source: 'channel', role, follows: null }, captured);
    return { drafts, reads: [channel.id], subject: reply };
  });
};

interface TypedInput {
  readonly commandId: string;
  readonly channel: ChannelId;
  readonly address: string;
  readonly handle: string;
  readonly text: string;
  readonly at: string;
  readonly language: string;
}

/** Takes in a post that a person typed in, on a channel that allows it. */
export const captureByHand = async (desk: Desk, viewer: Viewer, input: TypedInput): Promise<CommandReceipt> => {
  actingRole(desk, viewer, EDITING_ROLES);
  const earlier = await answerOfEarlier(desk, viewer, input.commandId);
  if (earlier) return earlier;
  return byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, EDITING_ROLES);
    const channel = requireChannel(desk, input.channel);
    const adapter = desk.channels.get(channel.id);
    if (!adapter.takeIn)
      throw new RefusalError(refuse('INVALID_INPUT', 'captureByAddressOnly', { channel: channel.name }));
    const { handle, text, at, language, address } = input;
    const taken = adapter.takeIn({ handle, text, at, language: language === '' ? null : language });
    const captured = address === '' ? taken : { ...taken, post: { ...taken.post, address } };
    const { drafts, reply } = openingOf({ desk, channel, source: 'byHand', role, follows: null }, captured);
    return { drafts, reads: [channel.id], subject: reply };
  });
};

/** Looks for the customer's answers to a published reply; each new one reopens the matter as a reply that follows it. */
export const fetchAnswers = async (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; reply: ReplyId },
): Promise<{ opened: ReplyId[] }> => {
  actingRole(desk, viewer, EDITING_ROLES);
  const earlier = await answerOfEarlier(desk, viewer, input.commandId);
  if (earlier) return { opened: openedBy(desk, input.commandId) };
  const entry = requireReply(desk, input.reply);
  const channel = desk.tables.channels.get(entry.channel);
  const author = desk.texts.capture(entry.mention)?.capture.post.author.id;
  const published = desk.tables.publications.ofReply(entry.id).find(({ receipt }) => receipt !== null);
  if (!channel || author === undefined || !published?.receipt) {
    throw new RefusalError(refuse('ILLEGAL_TRANSITION', 'nothingPublic'));
  }
  const answers = await readAnswers(desk, channel, published.receipt, author);
  await byPerson(desk, viewer, input.commandId, () => {
    const role = actingRole(desk, viewer, EDITING_ROLES);
    const fresh = answers.filter((captured) => existingReply(desk, channel, captured) === null);
    const context = { desk, channel, source: 'channel', role, follows: entry.id } as const;
    const openings = fresh.map((captured) => openingOf(context, captured));
    return {
      drafts: openings.flatMap(({ drafts }) => drafts),
      reads: openings.length > 0 ? [entry.id, channel.id] : [],
      subject: openings[0]?.reply ?? null,
    };
  });
  return { opened: openedBy(desk, input.commandId) };
};

/** The replies that a command opened, now or when it was first sent. */
const openedBy = (desk: Desk, commandId: string): ReplyId[] =>
  (desk.journal.recordsOfCommand(commandId) ?? []).flatMap(({ type, subject }) =>
    type === 'reply.opened' ? [subject as ReplyId] : [],
  );

const readAnswers = async (
  desk: Desk,
  channel: ChannelEntry,
  receipt: Parameters<ReturnType<Desk['channels']['get']>['answersTo']>[0],
  author: string,
): Promise<CapturedPost[]> => {
  try {
    const addresses = await desk.channels.get(channel.id).answersTo(receipt, author);
    return await Promise.all(addresses.map((address) => readPost(desk, channel, address)));
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    throw new RefusalError(refuse('UNAVAILABLE', 'channelUnreachable', { channel: channel.name }), { cause: error });
  }
};

/** A captured picture's bytes. @throws RefusalError `NOT_FOUND` when there is none, or it was erased */
export const picture = (desk: Desk, { reply, hash }: { reply: ReplyId; hash: string }) => {
  const entry = requireReply(desk, reply);
  const sealed = desk.texts.capture(entry.mention);
  const facts = sealed?.capture.pictures.find((candidate) => candidate.hash === hash);
  const file = sealed?.pictures.find((candidate) => candidate.hash === hash);
  const bytes = file ? desk.seals.readFile(file.evidence, entry.customer) : null;
  if (!facts || !bytes) throw new RefusalError(refuse('NOT_FOUND', 'pictureNotFound'));
  return { mediaType: facts.mediaType, base64: Buffer.from(bytes).toString('base64') };
};
