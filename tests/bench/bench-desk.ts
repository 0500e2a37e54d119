import { join } from 'node:path';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import type { Journal } from '#main/journal/journal.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { ScriptDesk, type Actor } from '#main/scripted/script-desk.ts';
import { diskStorage } from '#main/storage/storage.ts';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ChannelId, CustomerId, PersonId, ReplyId } from '#workflows/identifiers.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import { DEFAULT_POLICY } from '#workflows/policy/policy.ts';

export const PASSPHRASE = 'a passphrase for measuring';
const TEXT = 'Sorry about the wait. Your washing machine arrives on Thursday, and we call you an hour before. — Agnes';

/** A policy under which a passphrase is remembered: deriving a key on purpose takes long, and is no part of a decision. */
const rememberPassphrases = async (
  script: ScriptDesk,
  { comms, legal }: Readonly<Record<ReviewKind, Actor>>,
): Promise<void> => {
  const author = await script.addPerson('Carl', ['comms']);
  const content = { ...DEFAULT_POLICY, passphraseMinutes: 60 };
  const saved = await author.desk.policy.revise({ commandId: script.command(), content });
  const target = () => ({ commandId: script.command(), version: saved.version, contentHash: saved.contentHash });
  await author.desk.policy.submit(target());
  await comms.desk.policy.approve({ ...target(), review: 'comms', passphrase: PASSPHRASE });
  await legal.desk.policy.approve({ ...target(), review: 'legal', passphrase: PASSPHRASE });
};

/** What a customer asks and what the desk answers. */
export interface Talk {
  readonly handle: string;
  readonly question: string;
  readonly answer: string;
  readonly language: string;
}

const talkOf = (count: number): Talk => ({
  handle: 'sam.example',
  question: `Where is my washing machine? (${String(count)})`,
  answer: TEXT,
  language: 'en',
});

/** A desk on a real disk with one person for each step, asked through the contract like any screen. */
export class BenchDesk {
  readonly #script: ScriptDesk;
  readonly #agent: Actor;
  readonly #reviewers: Readonly<Record<ReviewKind, Actor>>;
  readonly #channel: ChannelId;
  /** Given with every signature until it is remembered. */
  #signing: { passphrase?: string } = { passphrase: PASSPHRASE };

  private constructor(script: ScriptDesk, agent: Actor, reviewers: Record<ReviewKind, Actor>, channel: ChannelId) {
    this.#script = script;
    this.#agent = agent;
    this.#reviewers = reviewers;
    this.#channel = channel;
  }

  /** @param root an empty folder on the disk that is measured */
  static async create(root: string): Promise<BenchDesk> {
    const script = await ScriptDesk.create({
      folder: join(root, 'workspace'),
      home: join(root, 'home'),
      name: 'Bench',
      adminName: 'Ada',
      passphrase: PASSPHRASE,
      isSample: false,
      machine: fileMachineSecret(join(root, 'machine.key'), diskStorage),
      cost: PRACTICE_COST,
      start: Date.parse('2026-01-05T09:00:00.000Z'),
    });
    const agent = await script.addPerson('Agnes', ['agent']);
    const comms = await script.addPerson('Cleo', ['comms']);
    const legal = await script.addPerson('Leo', ['legal']);
    await rememberPassphrases(script, { comms, legal });
    await script.admin.desk.channel.add({
      commandId: script.command(),
      channel: {
        kind: 'sandbox',
        name: 'Practice',
        handle: 'acme.example',
        limits: { graphemes: 300, bytes: 3000 },
        promise: { acknowledgeMinutes: 30, answerMinutes: 60 },
      },
    });
    const [channel] = (await script.admin.desk.channel.list()).channels;
    if (!channel) throw new Error('the practice channel was not added');
    return new BenchDesk(script, agent, { comms, legal }, channel.id);
  }

  /** The journal as it stands, to be read. */
  get journal(): Journal {
    return this.#script.host.desk.journal;
  }

  /** Everybody in the workspace; the passphrase of all is {@link PASSPHRASE}. */
  get people(): PersonId[] {
    return [...this.#script.host.desk.tables.people.keys()];
  }

  get agent(): PersonId {
    return this.#agent.id;
  }

  /** Whose key a `kid` is. */
  get keyOwners(): Map<string, CustomerId> {
    const owners = new Map<string, CustomerId>();
    for (let seq = 0; seq < this.journal.size; seq += 1) {
      const { type, data, sealed = [] } = this.journal.read(seq);
      if (type === 'mention.captured') for (const { kid } of sealed) owners.set(kid, data.customer as CustomerId);
    }
    return owners;
  }

  /** Milliseconds of the script's clock. */
  get now(): number {
    return this.#script.clock.now();
  }

  view(reply: ReplyId): Promise<ReplyView> {
    return this.#agent.desk.reply.get({ reply });
  }

  /** A reply that is written and saved, not yet submitted. */
  async drafted(count: number, talk: Talk = talkOf(count)): Promise<ReplyId> {
    const { desk } = this.#agent;
    const { address } = await desk.practice.post({
      channel: this.#channel,
      handle: talk.handle,
      text: talk.question,
      language: talk.language,
      parent: null,
    });
    const captured = await desk.mention.capture({ commandId: this.#script.command(), address });
    const reply = captured.subject as ReplyId;
    await desk.reply.revise({
      commandId: this.#script.command(),
      reply,
      basedOn: 0,
      operation: 'reply',
      document: { lines: [[{ type: 'text', text: talk.answer }]] },
      template: null,
      language: talk.language,
    });
    return reply;
  }

  async #target(reply: ReplyId) {
    const { version, revisions } = await this.view(reply);
    const newest = revisions.at(-1);
    if (!newest) throw new Error('nothing is written');
    const { revision, contentHash } = newest;
    return { commandId: this.#script.command(), reply, version, revision, contentHash };
  }

  /** Each step is prepared first, so that what is measured is the command and nothing else. */
  async submitting(reply: ReplyId): Promise<() => Promise<unknown>> {
    const target = await this.#target(reply);
    return () => this.#agent.desk.reply.submit({ ...target, note: '' });
  }

  async approving(reply: ReplyId, review: ReviewKind): Promise<() => Promise<unknown>> {
    const target = await this.#target(reply);
    const { desk } = this.#reviewers[review];
    return () => desk.reply.approve({ ...target, review, comment: '', ...this.#signing });
  }

  /** The agent releases what is approved: one signed decision, without waiting for it to be sent. */
  async releasingAlone(reply: ReplyId): Promise<() => Promise<unknown>> {
    const { revision: _revision, ...target } = await this.#target(reply);
    return () => this.#agent.desk.reply.release({ ...target, ...this.#signing });
  }

  async releasing(reply: ReplyId): Promise<() => Promise<unknown>> {
    const release = await this.releasingAlone(reply);
    return async () => {
      await release();
      await this.settle();
    };
  }

  /** Everything that is due is sent, and read back. */
  async settle(): Promise<void> {
    await this.#script.settle();
  }

  async close(reply: ReplyId): Promise<void> {
    const { version } = await this.view(reply);
    await this.#agent.desk.reply.close({ commandId: this.#script.command(), reply, version });
  }

  /** The passphrase of everybody is remembered from now on: no key is derived while measuring. */
  async warmUp(): Promise<void> {
    for (let count = 0; count < 5; count += 1) {
      const reply = await this.drafted(-count);
      await (
        await this.submitting(reply)
      )();
      await (
        await this.approving(reply, 'comms')
      )();
      await (
        await this.approving(reply, 'legal')
      )();
      await (
        await this.releasing(reply)
      )();
    }
    this.#signing = {};
  }

  async end(): Promise<void> {
    await this.#script.close();
  }
}
