import { approve, release } from '#main/core/commands/decision-commands.ts';
import { revise, saveDraft } from '#main/core/commands/draft-commands.ts';
import { capture } from '#main/core/commands/mention-commands.ts';
import { handOver } from '#main/core/commands/triage-commands.ts';
import type { Desk } from '#main/core/desk.ts';
import { Sessions } from '#main/core/sessions.ts';
import { requireViewer, type Viewer } from '#main/core/viewer.ts';
import type { Draft } from '#workflows/contract/reply.contract.ts';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import { PASSPHRASE } from '../core/roster.ts';
import { workUntilKilled, type Load } from './load.ts';

export type CommandName = 'approve' | 'release' | 'capture' | 'revise' | 'handOver';

export const COMMANDS: Record<CommandName, (desk: Desk, viewer: Viewer, input: never) => Promise<unknown>> = {
  approve,
  release,
  capture,
  revise,
  handOver,
};

/** What a child does once its desk is open; every answer is said as soon as it is there. */
export type Work =
  | { readonly kind: 'publish' }
  | (Load & { readonly kind: 'load' })
  | {
      readonly kind: 'command';
      readonly person: PersonId;
      readonly name: CommandName;
      readonly input: object;
    }
  | { readonly kind: 'drafts'; readonly person: PersonId; readonly reply: ReplyId; readonly drafts: readonly Draft[] };

/** Somebody who has just signed in. */
export const viewerOf = async (desk: Desk, person: PersonId): Promise<Viewer> => {
  const key = await desk.keys.openPersonKey(person, PASSPHRASE);
  if (!key) throw new Error('the passphrase does not open the key');
  return requireViewer(desk, new Sessions(desk.options.clock).signIn('here', person, key));
};

/** Does it; `viewer` is the person of the work, signed in before. */
export const doWork = async (desk: Desk, work: Work, viewer: Viewer | null, say: (line: string) => void) => {
  if (work.kind === 'publish') await desk.outbox.run();
  if (work.kind === 'load') await workUntilKilled(desk, work, say);
  if (!viewer) return;
  if (work.kind === 'command') {
    await COMMANDS[work.name](desk, viewer, work.input as never);
    say('answered');
  }
  if (work.kind === 'drafts') {
    for (const draft of work.drafts) {
      saveDraft(desk, viewer, { reply: work.reply, draft });
      say('answered');
    }
  }
};
