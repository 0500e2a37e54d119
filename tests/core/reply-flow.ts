import type { ReplyView, RevisionView } from '#workflows/contract/reply.contract.ts';
import type { ReplyId, TemplateId } from '#workflows/identifiers.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import type { PolicyContent } from '#workflows/policy/policy.ts';
import type { TemplatePin } from '#workflows/reply/reply.records.ts';
import type { TemplateContent } from '#workflows/template/template.ts';
import type { Document } from '#workflows/content/document.ts';
import type { Actor, TestDesk } from './desk.fixture.ts';
import { PASSPHRASE } from './roster.ts';
import { text } from './wording.ts';

export interface Writing {
  readonly by?: Actor;
  readonly operation?: 'reply' | 'correct' | 'takeDown';
  readonly template?: TemplatePin | null;
  readonly language?: string;
}

/** The ordinary steps of a reply's life, each as its people take it through the contract. */
export class ReplyFlow {
  readonly #desk: TestDesk;

  constructor(desk: TestDesk) {
    this.#desk = desk;
  }

  get #people(): TestDesk['people'] {
    return this.#desk.people;
  }

  /** A customer posts. */
  post(words = 'Where is my parcel?', handle = 'sam.example', parent: string | null = null) {
    const { channel } = this.#desk;
    return this.#people.agnes.desk.practice.post({ channel, handle, text: words, language: 'en', parent });
  }

  async captured(words?: string, handle?: string): Promise<ReplyId> {
    const { address } = await this.post(words, handle);
    const { subject } = await this.#people.agnes.desk.mention.capture({ commandId: this.#desk.command(), address });
    return subject as ReplyId;
  }

  view(reply: ReplyId, by: Actor = this.#people.agnes): Promise<ReplyView> {
    return by.desk.reply.get({ reply });
  }

  async state(reply: ReplyId): Promise<string> {
    return (await this.view(reply)).state;
  }

  async newest(reply: ReplyId): Promise<RevisionView> {
    const newest = (await this.view(reply)).revisions.at(-1);
    if (!newest) throw new Error('it has no revision');
    return newest;
  }

  /** What every command on a reply carries. */
  async target(reply: ReplyId) {
    const { version } = await this.view(reply);
    return { commandId: this.#desk.command(), reply, version };
  }

  async write(reply: ReplyId, words: string | Document, writing: Writing = {}) {
    const { by = this.#people.agnes, operation = 'reply', template = null, language = 'en' } = writing;
    const basedOn = (await this.view(reply)).revisions.at(-1)?.revision ?? 0;
    const document = typeof words === 'string' ? text(words) : words;
    const commandId = this.#desk.command();
    return by.desk.reply.revise({ commandId, reply, basedOn, operation, document, template, language });
  }

  async drafted(words = 'We are looking into it.'): Promise<ReplyId> {
    const reply = await this.captured();
    await this.write(reply, words);
    return reply;
  }

  async submit(reply: ReplyId, { by = this.#people.agnes, note = '' }: { by?: Actor; note?: string } = {}) {
    const { revision, contentHash } = await this.newest(reply);
    return by.desk.reply.submit({ ...(await this.target(reply)), revision, contentHash, note });
  }

  async inReview(words?: string): Promise<ReplyId> {
    const reply = await this.drafted(words);
    await this.submit(reply);
    return reply;
  }

  /** What a decision on the newest revision carries. */
  async decision(reply: ReplyId, review: ReviewKind) {
    const { revision, contentHash } = await this.newest(reply);
    return { ...(await this.target(reply)), review, revision, contentHash, passphrase: PASSPHRASE };
  }

  async approve(reply: ReplyId, by: Actor, review: ReviewKind) {
    return by.desk.reply.approve({ ...(await this.decision(reply, review)), comment: '' });
  }

  /** Cleo approves for comms, Leo for legal. */
  async approveAll(reply: ReplyId): Promise<void> {
    await this.approve(reply, this.#people.cleo, 'comms');
    await this.approve(reply, this.#people.leo, 'legal');
  }

  async approved(words?: string): Promise<ReplyId> {
    const reply = await this.inReview(words);
    await this.approveAll(reply);
    return reply;
  }

  /** What a release of the newest revision carries. */
  async signedTarget(reply: ReplyId) {
    const { contentHash } = await this.newest(reply);
    return { ...(await this.target(reply)), contentHash, passphrase: PASSPHRASE };
  }

  async release(reply: ReplyId, by: Actor = this.#people.agnes) {
    return by.desk.reply.release(await this.signedTarget(reply));
  }

  async schedule(reply: ReplyId, scheduledFor: string, by: Actor = this.#people.agnes) {
    return by.desk.reply.schedule({ ...(await this.signedTarget(reply)), scheduledFor });
  }

  /** Approved and released; it stands in the outbox. */
  async released(words?: string): Promise<ReplyId> {
    const reply = await this.approved(words);
    await this.release(reply);
    return reply;
  }

  async published(words?: string): Promise<ReplyId> {
    const reply = await this.released(words);
    await this.#desk.settle();
    return reply;
  }

  /** Texts of what is public of ours. */
  async ours(): Promise<string[]> {
    const { posts } = await this.#people.agnes.desk.practice.threads({ channel: null });
    return posts.filter(({ isOurs }) => isOurs).map((post) => post.text);
  }

  /** What a signed act on the whole desk carries. */
  signed() {
    return { commandId: this.#desk.command(), passphrase: PASSPHRASE };
  }

  pause(by: Actor = this.#people.pat, reason = 'A recall is announced at noon.') {
    return by.desk.publishing.pause({ ...this.signed(), reason });
  }

  /** Cleo proposes, Leo agrees. */
  async resume(): Promise<void> {
    await this.#people.cleo.desk.publishing.proposeResume(this.signed());
    await this.#people.leo.desk.publishing.resume(this.signed());
  }

  /** Carl writes a template; Cleo and Leo approve it. */
  async approvedTemplate(content: TemplateContent, template: TemplateId | null = null): Promise<TemplatePin> {
    const pin = await this.writtenTemplate(content, template);
    await this.approveTemplate(pin);
    return pin;
  }

  async writtenTemplate(content: TemplateContent, template: TemplateId | null = null): Promise<TemplatePin> {
    const { carl } = this.#people;
    const saved = await carl.desk.template.revise({ commandId: this.#desk.command(), template, content });
    return { template: saved.subject as TemplateId, version: saved.version };
  }

  async templateTarget({ template, version }: TemplatePin) {
    const { versions } = await this.#people.carl.desk.template.get({ template });
    const contentHash = versions[version - 1]?.contentHash ?? '';
    return { commandId: this.#desk.command(), template, version, contentHash };
  }

  async approveTemplate(pin: TemplatePin): Promise<void> {
    const { carl, cleo, leo } = this.#people;
    await carl.desk.template.submit(await this.templateTarget(pin));
    const signed = { passphrase: PASSPHRASE };
    await cleo.desk.template.approve({ ...(await this.templateTarget(pin)), review: 'comms', ...signed });
    await leo.desk.template.approve({ ...(await this.templateTarget(pin)), review: 'legal', ...signed });
  }

  /** Carl writes a policy; Cleo and Leo approve it. */
  async approvedPolicy(content: PolicyContent): Promise<number> {
    const { carl, cleo, leo } = this.#people;
    const { version, contentHash } = await carl.desk.policy.revise({ commandId: this.#desk.command(), content });
    const target = () => ({ commandId: this.#desk.command(), version, contentHash });
    await carl.desk.policy.submit(target());
    await cleo.desk.policy.approve({ ...target(), review: 'comms', passphrase: PASSPHRASE });
    await leo.desk.policy.approve({ ...target(), review: 'legal', passphrase: PASSPHRASE });
    return version;
  }
}
