import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { KnownRecord } from '#workflows/records.ts';
import { deskForTest, type DeskFixtureOptions, type TestDesk } from '../core/desk.fixture.ts';
import { FaultyChannel } from './faulty-channel.ts';

export interface PublishingDesk {
  readonly desk: TestDesk;
  readonly channel: FaultyChannel;
}

/** A desk whose channel does what the test tells it to. */
export const publishingDesk = async (options: DeskFixtureOptions = {}): Promise<PublishingDesk> => {
  const channel = new FaultyChannel();
  const desk = await deskForTest({ channels: channel.channels, ...options });
  return { desk, channel };
};

/** Everything that the journal's files say of publications of a reply. */
export const publicationRecords = (desk: TestDesk, reply: ReplyId) =>
  desk
    .records()
    .filter(
      (record): record is Extract<KnownRecord, { type: `publication.${string}` }> =>
        record.type.startsWith('publication.') && (record.data as { reply?: string }).reply === reply,
    );

/** The types of those records without `publication.`. */
export const story = (desk: TestDesk, reply: ReplyId): string[] =>
  publicationRecords(desk, reply).map(({ type }) => type.slice('publication.'.length));

/** How the reply's publication looks on the screen; it must have one. */
export const publicationOf = async (desk: TestDesk, reply: ReplyId): Promise<NonNullable<ReplyView['publication']>> => {
  const { publication } = await desk.flow.view(reply);
  if (!publication) throw new Error('it has no publication');
  return publication;
};

/** What is public of ours, with its place on the network. */
export const publicPosts = (desk: TestDesk) =>
  desk.host.desk.network.posts.filter((post) => post.key !== null || post.handle === 'acme.example');

/** Waits after which the desk looks or sends again, longer than any of its own. */
export const LONG = 31 * 60_000;
