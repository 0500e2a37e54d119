import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { ulid } from 'ulid';
import type { Queue, ReplyAct, ReplyView } from '#workflows/contract/reply.contract.ts';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import { client, desk } from '../../api/client.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import { bareId } from '../../app/addresses.ts';
import { useWords } from '../../words/use-words.ts';
import type { DraftSession } from '../editor/use-draft.ts';

/** What the panel above the bar has gathered for an act. */
export interface ActInput {
  readonly text: string;
  readonly time: string | null;
  readonly person: PersonId | null;
  readonly into: ReplyId | null;
  readonly isThere: boolean;
  readonly passphrase?: string;
}

export const NO_INPUT: ActInput = { text: '', time: null, person: null, into: null, isThere: true };

interface Outcome {
  /** The person is done with this reply: the next one that waits on them may be opened. */
  readonly isDecision?: boolean;
  readonly goTo?: ReplyId;
}

/** Saves what is written, when it differs from the newest revision. @returns revision and hash to act on */
const saveRevision = async (view: ReplyView, draft: DraftSession, commandId: string) => {
  const newest = view.revisions.at(-1);
  if (!draft.isChanged && newest) return { revision: newest.revision, contentHash: newest.contentHash };
  await draft.flush();
  const saved = await client.reply.revise({
    commandId,
    reply: view.id,
    basedOn: draft.basedOn,
    operation: view.operation === 'correct' || view.state === 'published' ? 'correct' : 'reply',
    document: draft.document,
    template: draft.template,
    language: draft.language,
  });
  draft.settle(saved.revision, draft.note);
  return { revision: saved.revision, contentHash: saved.contentHash ?? '' };
};

const submit = async (
  view: ReplyView,
  draft: DraftSession,
  commandIds: { revise: string; act: string },
): Promise<Outcome> => {
  const saved = view.operation === 'takeDown' ? null : await saveRevision(view, draft, commandIds.revise);
  const fresh = await client.reply.get({ reply: view.id });
  const newest = fresh.revisions.at(-1);
  await client.reply.submit({
    commandId: commandIds.act,
    reply: view.id,
    version: fresh.version,
    revision: saved?.revision ?? newest?.revision ?? 0,
    contentHash: saved?.contentHash ?? newest?.contentHash ?? '',
    note: draft.note.trim(),
  });
  if (saved) draft.settle(saved.revision, '');
  return { isDecision: true };
};

/** Proposes to take the published reply down: a revision of its own, through the whole review. */
const takeDown = async (view: ReplyView, commandId: string): Promise<Outcome> => {
  const newest = view.revisions.at(-1);
  await client.reply.revise({
    commandId,
    reply: view.id,
    basedOn: newest?.revision ?? 0,
    operation: 'takeDown',
    document: { lines: [[]] },
    template: null,
    language: view.post?.language ?? 'en',
  });
  return {};
};

const perform = async (
  act: ReplyAct,
  {
    view,
    draft,
    input,
    commandIds,
  }: { view: ReplyView; draft: DraftSession; input: ActInput; commandIds: { revise: string; act: string } },
): Promise<Outcome> => {
  const newest = view.revisions.at(-1);
  const commandId = commandIds.act;
  const target = { commandId, reply: view.id, version: view.version };
  const signed = { ...target, ...(input.passphrase === undefined ? {} : { passphrase: input.passphrase }) };
  const review = view.acts.find((entry) => entry.act === act)?.review ?? 'comms';
  const decision = { ...signed, review, revision: newest?.revision ?? 0, contentHash: newest?.contentHash ?? '' };
  const contentHash = newest?.contentHash ?? '';
  const triage = { ...target, reason: input.text.trim(), until: input.time, into: input.into };
  switch (act) {
    case 'claim':
      await client.reply.claim(target);
      return {};
    case 'handOver':
      await draft.flush();
      if (draft.isEditing && draft.isChanged) await saveRevision(view, draft, commandIds.revise);
      await client.reply.handOver({
        ...target,
        version: (await client.reply.get({ reply: view.id })).version,
        to: input.person,
      });
      return { isDecision: true };
    case 'monitor':
      await client.reply.triage({ ...triage, outcome: 'monitoring' });
      return { isDecision: true };
    case 'dismiss':
      await client.reply.triage({ ...triage, outcome: 'noResponse' });
      return { isDecision: true };
    case 'handlePrivately':
      await client.reply.triage({ ...triage, outcome: 'privateHandling' });
      return { isDecision: true };
    case 'merge':
      await client.reply.triage({ ...triage, outcome: 'merged' });
      return { isDecision: true };
    case 'reopen':
      await client.reply.triage({ ...triage, outcome: 'triage' });
      return {};
    case 'edit':
    case 'correct':
      draft.begin();
      return {};
    case 'submit':
      return submit(view, draft, commandIds);
    case 'recall':
      await client.reply.recall({ ...target, reason: input.text.trim() });
      return {};
    case 'withdraw':
      await client.reply.withdraw({ ...target, reason: input.text.trim() });
      return {};
    case 'approve':
      await client.reply.approve({ ...decision, comment: input.text.trim() });
      return { isDecision: true };
    case 'requestChanges':
      await client.reply.requestChanges({ ...decision, reason: input.text.trim() });
      return { isDecision: true };
    case 'reject':
      await client.reply.reject({ ...decision, reason: input.text.trim() });
      return { isDecision: true };
    case 'release':
      await client.reply.release({ ...signed, contentHash });
      return {};
    case 'schedule':
      await client.reply.schedule({ ...signed, contentHash, scheduledFor: input.time ?? '' });
      return {};
    case 'unschedule':
      await client.reply.unschedule(target);
      return {};
    case 'confirmByHand':
      await client.reply.confirmByHand({ ...signed, isThere: input.isThere, address: input.text.trim() });
      return {};
    case 'retry':
      await client.reply.retryNow({ reply: view.id });
      return {};
    case 'fetchAnswers': {
      const { opened } = await client.mention.fetchAnswers({ commandId, reply: view.id });
      return opened[0] ? { goTo: opened[0] } : {};
    }
    case 'takeDown':
      return takeDown(view, commandId);
    case 'close':
      await client.reply.close(target);
      return { isDecision: true };
    case 'placeHold':
      await client.reply.placeHold({ ...signed, reason: input.text.trim() });
      return {};
    case 'liftHold':
      await client.reply.liftHold(signed);
      return {};
  }
};

/** Does what a person decides about a reply, and goes on to the next one that waits on them after a decision. */
export const useActs = (view: ReplyView, draft: DraftSession, queue: Queue) => {
  const say = useWords();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [busy, setBusy] = useState<ReplyAct | null>(null);
  /** Kept for a second try of the very same act, so that it is done once. */
  const [pending, setPending] = useState<{ key: string; ids: { revise: string; act: string } } | null>(null);

  const goOn = useCallback(async () => {
    const next = await client.reply.list({ queue, sort: 'due', search: '', page: { offset: 0, limit: 2 } });
    const other = next.items.find(({ id }) => id !== view.id);
    if (queue !== 'waitingOnMe' || !other) return;
    await navigate({ to: '/queue/$queue/$reply', params: { queue, reply: bareId(other.id) } });
  }, [navigate, queue, view.id]);

  const run = useCallback(
    async (act: ReplyAct, input: ActInput = NO_INPUT): Promise<void> => {
      const key = JSON.stringify([act, view.version, { ...input, passphrase: undefined }]);
      const ids = pending?.key === key ? pending.ids : { revise: ulid(), act: ulid() };
      setPending({ key, ids });
      setBusy(act);
      try {
        const outcome = await perform(act, { view, draft, input, commandIds: ids });
        setPending(null);
        announce(say(`done.${act}`));
        await queries.invalidateQueries({ queryKey: desk.reply.key() });
        if (outcome.goTo)
          await navigate({ to: '/queue/$queue/$reply', params: { queue: 'open', reply: bareId(outcome.goTo) } });
        else if (outcome.isDecision) await goOn();
      } finally {
        setBusy(null);
      }
    },
    [announce, draft, goOn, navigate, pending, queries, say, view],
  );
  return { run, busy };
};
