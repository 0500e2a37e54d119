import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import type { TemplatePin } from '#workflows/reply/reply.records.ts';
import type { SeededRandom } from '../journal/seeded-random.ts';
import type { FaultyChannel } from '../publishing/faulty-channel.ts';
import type { Actor, TestDesk } from './desk.fixture.ts';
import { PASSPHRASE, type Who } from './roster.ts';

/** A call that was answered, to be sent once more. */
export type Sent = () => Promise<unknown>;

/** What the people of a random sequence have in front of them. */
export class ModelWorld {
  readonly desk: TestDesk;
  readonly channel: FaultyChannel;
  readonly random: SeededRandom;
  readonly replies: ReplyId[] = [];
  readonly pins: TemplatePin[] = [];
  readonly sent: Sent[] = [];
  #words = 0;

  constructor(desk: TestDesk, channel: FaultyChannel, random: SeededRandom) {
    this.desk = desk;
    this.channel = channel;
    this.random = random;
  }

  /** Mostly one of those whose job it is, now and then anybody. */
  someone(...likely: Who[]): Actor {
    const { people } = this.desk;
    const anybody = this.random.pick(Object.values(people));
    return likely.length === 0 || this.random.chance(0.12) ? anybody : people[this.random.pick(likely)];
  }

  /** Mostly one of the newest. */
  reply(): ReplyId | null {
    if (this.replies.length === 0) return null;
    return this.random.chance(0.7)
      ? this.replies.at(-1 - this.random.below(Math.min(2, this.replies.length)))!
      : this.random.pick(this.replies);
  }

  view(reply: ReplyId): Promise<ReplyView> {
    return this.desk.people.uma.desk.reply.get({ reply });
  }

  /** New words, seldom too long or with something hidden in them. */
  words(): string {
    this.#words += 1;
    const plain = `Words number ${String(this.#words)}.`;
    if (this.random.chance(0.04)) return plain + '\u200b';
    return this.random.chance(0.04) ? plain.repeat(30) : plain;
  }

  /** What a command on a reply carries; now and then of a view that is out of date. */
  target({ id, version }: ReplyView) {
    const isStale = this.random.chance(0.05);
    return {
      commandId: this.desk.command(),
      reply: id,
      version: isStale ? version - 1 - this.random.below(3) : version,
    };
  }

  /** The newest content; now and then another. */
  content({ revisions }: ReplyView): { revision: number; contentHash: string } {
    const newest = revisions.at(-1);
    if (this.random.chance(0.03)) return { revision: newest?.revision ?? 0, contentHash: 'e'.repeat(64) };
    const shown = this.random.chance(0.04) ? revisions[0] : newest;
    return { revision: shown?.revision ?? 0, contentHash: shown?.contentHash ?? '0'.repeat(64) };
  }

  signed(): { passphrase?: string } {
    if (this.random.chance(0.02)) return {};
    return { passphrase: this.random.chance(0.01) ? 'wrong' : PASSPHRASE };
  }

  review(by: Actor): ReviewKind {
    const own = { comms: ['cleo', 'carl', 'kay'], legal: ['leo', 'lena', 'kay'] };
    const fits = (['comms', 'legal'] as const).filter((review) => own[review].includes(by.who));
    return fits.length === 0 || this.random.chance(0.1) ? this.random.pick(['comms', 'legal']) : this.random.pick(fits);
  }

  /** Sends a call, and keeps it to be sent again when it was answered. */
  async send(call: Sent): Promise<void> {
    await call();
    this.sent.push(call);
  }
}
