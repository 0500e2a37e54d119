import { createHash } from 'node:crypto';
import { aboutOf, channelOf, requireKnown } from '../core/views/about.ts';
import { storyEntry } from '../core/views/story.ts';
import type { Desk } from '../core/desk.ts';
import { inWords, storyInWords, timeInWords } from '../core/words.ts';
import { escape, fact, pageOf, passage } from './page-parts.ts';
import { collectProof, proofSection } from './proof-data.ts';

/**
 * One record with its proof as a page that opens without the program: its sentence, who signed it, its very bytes, and the
 * path to the signed checkpoint.
 */
export const recordPage = (
  desk: Desk,
  { seq, exportedBy, timeZone }: { seq: number; exportedBy: string; timeZone: string },
): { html: string; hash: string; size: number } => {
  const record = requireKnown(desk.journal.read(seq));
  const size = desk.journal.size;
  const entry = storyEntry(desk, record);
  const title = inWords('page.recordTitle', { seq });
  const on = aboutOf(desk, record);
  const channel = channelOf(desk, record);
  const at = (time: string): string => escape(timeInWords(time, timeZone));
  const facts = [
    fact(inWords('page.workspace'), escape(desk.tables.workspace.get()?.name ?? '')),
    fact(inWords('page.written'), at(record.at)),
    ...(on.kind === 'reply' && on.name !== null ? [fact(inWords('page.replyTo'), `@${escape(on.name)}`)] : []),
    ...(channel === null ? [] : [fact(inWords('page.channel'), escape(channel))]),
    ...(entry.actor.kind === 'person'
      ? [fact(inWords('page.signer'), escape(`${entry.actor.name}, ${inWords(`role.${entry.actor.role}`)}`))]
      : [fact(inWords('page.signer'), escape(inWords('page.byProgram')))]),
    fact(inWords('page.exportedBy'), escape(exportedBy)),
    fact(inWords('page.exportedAt'), at(desk.now())),
  ].join('');
  const proof = { format: 'countersign/v1/record', ...collectProof(desk, [desk.journal.read(seq)]) };
  const body = `<p><b>${escape(storyInWords(entry.type, entry.values))}</b></p>${entry.text === null ? '' : passage(entry.text, null)}
<dl>${facts}</dl>
<p class="soft">${escape(inWords('page.times', { timeZone }))}</p>
<h2>${escape(inWords('page.proofs'))}</h2>${proofSection(proof, size)}
<h2>${escape(inWords('page.howTo'))}</h2><p>${escape(inWords('page.howTo.text'))}</p>`;
  const html = pageOf(title, body, proof);
  return { html, size, hash: createHash('sha256').update(html, 'utf8').digest('hex') };
};
