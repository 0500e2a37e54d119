import type { Document } from '#workflows/content/document.ts';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ReplyId, TemplateId } from '#workflows/identifiers.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import { refusalInWords } from '../core/words.ts';
import type { Actor, ScriptDesk } from '../scripted/script-desk.ts';
import { POLICY } from './demo-wording.ts';

export const PASSPHRASE = 'demo passphrase';

/** A command that must be refused; says in which words. */
export const refused = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    const { data } = error as { data?: { reason: string; values: Record<string, string | number | string[]> } };
    if (data) return refusalInWords(data);
    throw error;
  }
  throw new Error('the desk allowed what it must refuse');
};

/** What people of the demo do, each by the same contract as a screen. */
export class DemoActs {
  readonly #script: ScriptDesk;

  constructor(script: ScriptDesk) {
    this.#script = script;
  }

  get(actor: Actor, reply: ReplyId): Promise<ReplyView> {
    return actor.desk.reply.get({ reply });
  }

  async approveTemplate(
    reviewers: Readonly<Record<ReviewKind, Actor>>,
    template: TemplateId,
    author: Actor,
  ): Promise<void> {
    const { versions } = await author.desk.template.get({ template });
    const contentHash = versions.at(-1)?.contentHash ?? '';
    const command = () => ({ commandId: this.#script.command(), template, version: 1, contentHash });
    await author.desk.template.submit(command());
    for (const review of ['comms', 'legal'] as const) {
      await reviewers[review].desk.template.approve({ ...command(), review, passphrase: PASSPHRASE });
    }
  }

  async approvePolicy(author: Actor, comms: Actor, legal: Actor): Promise<void> {
    const saved = await author.desk.policy.revise({ commandId: this.#script.command(), content: POLICY });
    const target = () => ({
      commandId: this.#script.command(),
      version: saved.version,
      contentHash: saved.contentHash,
    });
    await author.desk.policy.submit(target());
    await comms.desk.policy.approve({ ...target(), review: 'comms', passphrase: PASSPHRASE });
    await legal.desk.policy.approve({ ...target(), review: 'legal', passphrase: PASSPHRASE });
  }

  revision(
    reply: ReplyId,
    basedOn: number,
    document: Document,
    template: { template: TemplateId; version: number } | null,
  ) {
    return {
      commandId: this.#script.command(),
      reply,
      basedOn,
      operation: 'reply' as const,
      document,
      template,
      language: 'en',
    };
  }

  async decide(
    actor: Actor,
    review: ReviewKind,
    reply: ReplyId,
    act: 'approve' | { requestChanges: string },
  ): Promise<void> {
    const view = await this.get(actor, reply);
    const newest = view.revisions.at(-1);
    const target = {
      commandId: this.#script.command(),
      reply,
      version: view.version,
      review,
      revision: newest?.revision ?? 0,
      contentHash: newest?.contentHash ?? '',
      passphrase: PASSPHRASE,
    };
    if (act === 'approve') await actor.desk.reply.approve({ ...target, comment: '' });
    else await actor.desk.reply.requestChanges({ ...target, reason: act.requestChanges });
  }

  async submit(actor: Actor, reply: ReplyId, note: string): Promise<ReplyView> {
    const view = await this.get(actor, reply);
    const newest = view.revisions.at(-1);
    await actor.desk.reply.submit({
      commandId: this.#script.command(),
      reply,
      version: view.version,
      revision: newest?.revision ?? 0,
      contentHash: newest?.contentHash ?? '',
      note,
    });
    return this.get(actor, reply);
  }

  async release(actor: Actor, reply: ReplyId) {
    const view = await this.get(actor, reply);
    return actor.desk.reply.release({
      commandId: this.#script.command(),
      reply,
      version: view.version,
      contentHash: view.revisions.at(-1)?.contentHash ?? '',
      passphrase: PASSPHRASE,
    });
  }
}
