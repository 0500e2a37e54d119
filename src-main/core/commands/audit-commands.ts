import type { CommandReceipt } from '#workflows/contract/base.ts';
import type { VerificationEvent } from '#workflows/contract/journal.contract.ts';
import { refuse, RefusalError } from '#workflows/errors.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { VerificationResult } from '#workflows/journal/verify.ts';
import type { Role } from '#workflows/people/roles.ts';
import { proofPage } from '../../exports/proof-page.ts';
import { recordPage } from '../../exports/record-page.ts';
import { runVerification } from '../../journal/run-verification.ts';
import type { Desk } from '../desk.ts';
import { replyOf } from '../log-index.ts';
import type { Viewer } from '../viewer.ts';
import { requireKnown } from '../views/about.ts';
import { requireReply } from '../views/reply-view.ts';
import { byPerson } from './command.ts';

/** Anybody may verify and export; an auditor does so as auditor. */
export const roleOf = ({ roles }: Viewer): Role => (roles.includes('auditor') ? 'auditor' : (roles[0] ?? 'auditor'));

/** A key that does not count yet, and a read-only desk, verify without a record of it. */
const recordVerification = async (
  desk: Desk,
  viewer: Viewer,
  commandId: string,
  result: VerificationResult,
): Promise<void> => {
  const { key } = viewer.session;
  if (desk.journal.readOnly || desk.journal.registry.validKeyOf(viewer.person) !== (key?.id ?? null)) return;
  const { size, root, ok, problems } = result;
  await byPerson(desk, viewer, commandId, () => ({
    drafts: [
      {
        type: 'audit.verified',
        subject: 'audit',
        by: { role: roleOf(viewer) },
        data: { size, root, ok, problems: problems.length },
      },
    ],
    subject: 'audit',
  }));
};

/** Reads the journal's files again in a worker and says how far it is. Ending it early records nothing. */
export async function* verifyJournal(
  desk: Desk,
  viewer: Viewer,
  { commandId, signal }: { commandId: string; signal: AbortSignal | undefined },
): AsyncGenerator<VerificationEvent> {
  const total = desk.journal.size;
  const isStopped = (): boolean => signal?.aborted ?? false;
  const verification = runVerification(desk.folder, signal);
  try {
    for (;;) {
      const step = await verification.next();
      if (isStopped()) return;
      if (!step.done) {
        yield { kind: 'progress', records: step.value.records, total, problems: step.value.problems };
        continue;
      }
      await recordVerification(desk, viewer, commandId, step.value);
      yield {
        kind: 'done',
        at: desk.now(),
        result: { ...step.value, notes: [...step.value.notes], problems: [...step.value.problems] },
      };
      return;
    }
  } catch (error) {
    // Whoever stopped it wants no answer; anything else is a fault.
    if (!isStopped()) throw error;
  } finally {
    await verification.return(undefined as never);
  }
}

/** One reply's whole story with its proofs as a page; that it was exported is recorded. */
export const exportStory = async (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; reply: ReplyId; timeZone: string },
): Promise<CommandReceipt & { fileName: string; html: string; hash: string }> => {
  // The page proves the story at the moment of its export; afterwards it could only be made of another moment.
  if (desk.journal.recordsOfCommand(input.commandId)) {
    throw new RefusalError(refuse('INVALID_INPUT', 'exportedBefore'));
  }
  const reply = requireReply(desk, input.reply);
  const handle = desk.texts.capture(reply.mention)?.capture.post.author.handle ?? 'erased';
  const page = proofPage(desk, {
    reply,
    exportedBy: desk.nameOf(viewer.person),
    timeZone: knownTimeZone(input.timeZone),
  });
  const receipt = await byPerson(desk, viewer, input.commandId, () => ({
    drafts: [
      {
        type: 'audit.exported',
        subject: 'audit',
        by: { role: roleOf(viewer) },
        data: { what: 'story', reply: reply.id, hash: page.hash, size: page.size },
      },
    ],
    subject: 'audit',
  }));
  const safe = handle.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, 80);
  return { ...receipt, fileName: `story-${safe}-${desk.now().slice(0, 10)}.html`, html: page.html, hash: page.hash };
};

/** One record with its proof as a page; that it was exported is recorded. @throws RefusalError `NOT_FOUND` */
export const exportRecord = async (
  desk: Desk,
  viewer: Viewer,
  input: { commandId: string; seq: number; timeZone: string },
): Promise<CommandReceipt & { fileName: string; html: string; hash: string }> => {
  const { seq } = input;
  if (seq >= desk.journal.size) throw new RefusalError(refuse('NOT_FOUND', 'recordNotFound'));
  const page = recordPage(desk, {
    seq,
    exportedBy: desk.nameOf(viewer.person),
    timeZone: knownTimeZone(input.timeZone),
  });
  const reply = replyOf(requireKnown(desk.journal.read(seq)));
  const receipt = await byPerson(desk, viewer, input.commandId, () => ({
    drafts: [
      {
        type: 'audit.exported',
        subject: 'audit',
        by: { role: roleOf(viewer) },
        data: { what: 'proof', reply, hash: page.hash, size: page.size },
      },
    ],
    subject: 'audit',
  }));
  return { ...receipt, fileName: `record-${String(seq)}.html`, html: page.html, hash: page.hash };
};

const knownTimeZone = (timeZone: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
};
