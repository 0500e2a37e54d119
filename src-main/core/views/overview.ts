import type { Overview } from '#workflows/contract/desk.contract.ts';
import { isIn } from '#workflows/step.ts';
import { clockBehindView } from '../commands/clock-commands.ts';
import { peopleView } from '../commands/people-commands.ts';
import { publishingView } from '../commands/publishing-commands.ts';
import type { Desk } from '../desk.ts';
import type { Viewer } from '../viewer.ts';
import { erasuresFor } from './erasure-view.ts';
import { countQueues } from './queue.ts';
import { countTemplatesWaiting, isPolicyWaiting } from './versions-view.ts';

/** What could not be sent because the channel is out of reach. */
const outboxOf = (desk: Desk): Overview['outbox'] => {
  const waiting = [...desk.tables.replies.open()].filter(({ state }) => isIn(state.value, 'work.publishing'));
  const failed = waiting.flatMap(({ state }) => {
    const id = state.context.publication;
    const publication = id ? desk.tables.publications.get(id) : undefined;
    return publication?.cause === 'offline' ? [publication.state.context] : [];
  });
  const since = failed.map(({ attemptedAt }) => attemptedAt ?? '').sort()[0];
  const next = failed.flatMap(({ retryAt }) => retryAt ?? []).sort()[0];
  return { waiting: waiting.length, offlineSince: since ?? null, nextTryAt: next ?? null };
};

/** What every screen shows around its content: counts, the switch, the journal's state. */
export const overview = (desk: Desk, viewer: Viewer): Overview => {
  const workspace = desk.tables.workspace.get();
  const readOnly = desk.journal.readOnly;
  const keysToConfirm = peopleView(desk, viewer).people.filter(
    ({ acts }) => acts.registerKey || acts.confirmKey,
  ).length;
  return {
    workspace: { name: workspace?.name ?? '', isSample: workspace?.isSample ?? false },
    now: desk.now(),
    queues: countQueues(desk, viewer),
    atRiskMinutes: desk.policyInForce().content.atRiskMinutes,
    templatesToApprove: countTemplatesWaiting(desk, viewer),
    policyToApprove: isPolicyWaiting(desk, viewer),
    keysToConfirm,
    erasuresToDecide: erasuresFor(desk, viewer),
    publishing: publishingView(desk, viewer),
    journal: {
      size: desk.journal.size,
      lastVerification: desk.tables.lastVerification.get(),
      readOnly: readOnly ? { seq: readOnly.seq, code: readOnly.code, message: readOnly.message } : null,
    },
    outbox: outboxOf(desk),
    clockJump: desk.tables.clockJump.get(),
    clockBehind: clockBehindView(desk, viewer),
  };
};
