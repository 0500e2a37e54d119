import fc from 'fast-check';
import { expect } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { KnownRecord } from '#workflows/records.ts';
import { TestDesk } from '../core/desk.fixture.ts';
import { outcomesOf } from '../core/refusal.ts';
import { MINUTE } from '../core/test-clock.ts';
import { FaultyChannel, type Fault, type Method } from './faulty-channel.ts';
import { LONG, publicPosts } from './publishing-desk.ts';

/** How far a reply is when the trouble begins. */
type Stage = 'approved' | 'released' | 'scheduled';

type Step =
  | { readonly kind: 'fault'; readonly method: Method; readonly fault: Fault }
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'pause' | 'resume' | 'restart' }
  | { readonly kind: 'retry' | 'recall' | 'release' | 'tell'; readonly which: number };

export interface Chaos {
  readonly hasKeys: boolean;
  readonly stages: readonly Stage[];
  readonly steps: readonly Step[];
}

/** Publications of one run. */
export const REPLIES = 10;

const FAULTS: Record<'publish' | 'find' | 'read', readonly Fault[]> = {
  publish: [
    'offline',
    'rateLimited',
    'refused',
    'answerLost',
    'requestLost',
    'errorAfterwards',
    'garbage',
    'badReceipt',
  ],
  find: ['offline', 'requestLost', 'garbage', 'blind', 'badReceipt'],
  read: ['offline', 'requestLost', 'garbage'],
};

const fault = fc
  .constantFrom<'publish' | 'find' | 'read'>('publish', 'publish', 'publish', 'find', 'read')
  .chain((method) =>
    fc.record({
      kind: fc.constant('fault' as const),
      method: fc.constant(method),
      fault: fc.constantFrom(...FAULTS[method]),
    }),
  );

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fault },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(0, 0, 1, 5, 15) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('pause', 'resume', 'resume') }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('retry', 'recall', 'release', 'release', 'tell'),
      which: fc.nat({ max: REPLIES - 1 }),
    }),
  },
);

export const chaos: fc.Arbitrary<Chaos> = fc.record({
  hasKeys: fc.boolean(),
  stages: fc.array(fc.constantFrom<Stage>('released', 'released', 'released', 'scheduled', 'approved'), {
    minLength: REPLIES,
    maxLength: REPLIES,
  }),
  steps: fc.array(step, { minLength: 15, maxLength: 40, size: 'max' }),
});

/** Who approved the newest content of a reply, by the journal's own files. */
const approvalsOf = (records: readonly KnownRecord[], reply: ReplyId): Map<string, unknown> => {
  const approvals = new Map<string, unknown>();
  let newest: string | null = null;
  for (const record of records) {
    if (record.subject !== reply) continue;
    if (record.type === 'reply.revised') newest = record.data.contentHash;
    if (['reply.revised', 'reply.recalled', 'reply.approvalExpired'].includes(record.type)) approvals.clear();
    if (record.type === 'reply.approved' && record.data.contentHash === newest) {
      approvals.set(record.data.review, 'person' in record.actor ? record.actor.person : null);
    }
  }
  return approvals;
};

/** A desk with some publications in trouble; every request is judged before it is begun. */
export class ChaosRun {
  readonly #desk: TestDesk;
  readonly #channel: FaultyChannel;
  readonly #replies: { readonly id: ReplyId; readonly words: string }[] = [];
  /** A pause was answered, and nobody has begun to lift it. */
  #isPaused = false;

  private constructor(desk: TestDesk, channel: FaultyChannel) {
    this.#desk = desk;
    this.#channel = channel;
    channel.beforePublish = ({ text }) => {
      expect(this.#isPaused, 'a request in a pause').toBe(false);
      const reply = this.#replies.find(({ words }) => words === text);
      if (!reply) throw new Error(`a request with words that nobody approved: ${JSON.stringify(text)}`);
      const approvals = approvalsOf(this.#desk.records(), reply.id);
      expect([...approvals.keys()].sort(), 'a request without its approvals').toEqual(['comms', 'legal']);
      expect(new Set(approvals.values()).size, 'two approvals by one person').toBe(2);
    };
  }

  static async play({ hasKeys, stages, steps }: Chaos): Promise<void> {
    const channel = new FaultyChannel();
    channel.hasKeys = hasKeys;
    const desk = await TestDesk.create({ channels: channel.channels, expectsFaults: true });
    const run = new ChaosRun(desk, channel);
    await desk.flow.inReview('Nobody has approved this.');
    for (const [index, stage] of stages.entries()) await run.#add(stage, `Reply ${String(index)}.`);
    for (const each of steps) await run.#take(each);
    await run.#calm();
    run.#judge();
    await desk.dispose();
  }

  async #add(stage: Stage, words: string): Promise<void> {
    const { flow, clock } = this.#desk;
    const id = await flow.approved(words);
    this.#replies.push({ id, words });
    if (stage === 'released') await flow.release(id);
    if (stage === 'scheduled') await flow.schedule(id, new Date(clock.now() + 30 * MINUTE).toISOString());
  }

  async #take(each: Step): Promise<void> {
    const { flow, people } = this.#desk;
    const { id } = this.#replies['which' in each ? each.which : 0] ?? { id: 'reply/' };
    switch (each.kind) {
      case 'fault':
        this.#channel.plan[each.method].push(each.fault);
        break;
      case 'pass':
        await this.#desk.pass(each.minutes * MINUTE);
        break;
      case 'pause':
        await this.#pause();
        break;
      case 'resume':
        await this.#resume();
        break;
      case 'restart':
        await this.#desk.restart();
        break;
      case 'retry':
        await people.agnes.desk.reply.retryNow({ reply: id });
        break;
      case 'release':
        await outcomesOf([flow.release(id)]);
        break;
      case 'recall':
        await outcomesOf([this.#recall(id)]);
        break;
      case 'tell':
        await this.#tell(id);
        break;
    }
  }

  /** Side by side with what the outbox is doing, so that it comes at any moment of it. */
  async #pause(): Promise<void> {
    const pausing = outcomesOf([this.#desk.flow.pause()]).then(() => {
      this.#isPaused = true;
    });
    await Promise.all([pausing, this.#desk.settle()]);
  }

  async #resume(): Promise<void> {
    const { cleo, leo } = this.#desk.people;
    const { flow } = this.#desk;
    await outcomesOf([cleo.desk.publishing.proposeResume(flow.signed())]);
    const { state } = await cleo.desk.publishing.status();
    if (state === 'resumeProposed') this.#isPaused = false;
    await outcomesOf([leo.desk.publishing.resume(flow.signed())]);
  }

  async #recall(reply: ReplyId): Promise<void> {
    const { agnes } = this.#desk.people;
    await agnes.desk.reply.recall({ ...(await this.#desk.flow.target(reply)), reason: 'Another look.' });
  }

  /** A person looks on the channel where the desk cannot tell, and says the truth. */
  async #tell(id: ReplyId): Promise<void> {
    const { flow, people } = this.#desk;
    if ((await flow.view(id)).publication?.needsPerson !== true) return;
    const words = this.#replies.find((reply) => reply.id === id)?.words;
    const post = publicPosts(this.#desk).find(({ text }) => text === words);
    const address = post ? `practice://posts/${post.id}` : '';
    const target = { ...(await flow.target(id)), ...flow.signed(), isThere: post !== undefined, address };
    await outcomesOf([people.agnes.desk.reply.confirmByHand(target)]);
  }

  /** The network heals, and people do what waits for them, until there is nothing left to do. */
  async #calm(): Promise<void> {
    const { flow } = this.#desk;
    this.#channel.heal();
    await this.#resume();
    for (let turn = 0; turn < 8; turn += 1) {
      await this.#desk.pass(LONG);
      for (const { id } of this.#replies) {
        const { state, publication } = await flow.view(id);
        if (state === 'drafting') await flow.submit(id);
        if (['drafting', 'inReview'].includes(state)) await flow.approveAll(id);
        if (['drafting', 'inReview', 'approved'].includes(state) || publication?.needsReleaseAgain)
          await flow.release(id);
        await this.#tell(id);
      }
    }
  }

  #judge(): void {
    const posts = publicPosts(this.#desk).map(({ text }) => text);
    expect(posts.sort()).toEqual(this.#replies.map(({ words }) => words).sort());
    const { tables } = this.#desk.host.desk;
    const ends = this.#replies.map(({ id }) => JSON.stringify(tables.replies.get(id)?.state.value));
    for (const end of ends) expect(end).toContain('"published":"verified"');
    // The very same bytes under the same key, whichever reply it was for.
    const sent = this.#channel.calls.filter(({ method }) => method === 'publish');
    const contents = new Set(sent.map(({ payload, key }) => `${String(key)} ${String(payload)}`));
    const attempts = this.#desk.records().filter(({ type }) => type === 'publication.attempted');
    expect(contents.size).toBe(new Set(attempts.map(({ subject }) => subject)).size);
  }
}
