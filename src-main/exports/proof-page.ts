import { createHash } from 'node:crypto';
import { textOf } from '#workflows/content/document.ts';
import type { StoryEntry } from '#workflows/contract/reply.contract.ts';
import { inWords, storyInWords, timeInWords } from '../core/words.ts';
import type { Desk } from '../core/desk.ts';
import type { ReplyEntry } from '../core/state/tables.ts';
import { newestPublication } from '../core/views/publication-view.ts';
import { recordsOfStory, storyOf } from '../core/views/story.ts';
import { escape, fact, pageOf, passage, shortHash } from './page-parts.ts';
import { collectProof, proofSection } from './proof-data.ts';

export interface ProofPageRequest {
  readonly reply: ReplyEntry;
  readonly exportedBy: string;
  readonly timeZone: string;
}

const storyItem = (entry: StoryEntry, timeZone: string): string => {
  const by = entry.keyId ? inWords('page.signedBy', { key: shortHash(entry.keyId) }) : inWords('page.byProgram');
  const role = entry.actor.kind === 'person' ? ` · ${inWords(`role.${entry.actor.role}`)}` : '';
  const text = entry.text === null ? '' : passage(entry.text, null);
  return `<li><b>${escape(storyInWords(entry.type, entry.values))}</b>${text}<p class="soft">${escape(
    `${timeInWords(entry.at, timeZone)} · ${inWords('page.record', { seq: entry.seq })} · ${by}${role}`,
  )}</p></li>`;
};

const publishedSection = (desk: Desk, reply: ReplyEntry): string => {
  const publication = newestPublication(desk, reply);
  const isPublic = reply.state.context.publishedHash !== null;
  if (!publication?.receipt || !isPublic) return `<p>${escape(inWords('page.notPublished'))}</p>`;
  const revision = reply.revisions.find(({ contentHash }) => contentHash === reply.state.context.publishedHash);
  const sealed = revision ? desk.texts.revision(revision.seq) : null;
  const outcome = publication.observation?.outcome;
  const address = publication.receipt.address;
  return [
    sealed ? passage(textOf(sealed.document), sealed.content.language) : '',
    outcome ? `<p>${escape(inWords(`page.${outcome}`))}</p>` : '',
    address ? `<p class="mono">${escape(address)}</p>` : '',
  ].join('');
};

const revisionSection = (desk: Desk, reply: ReplyEntry, timeZone: string): string =>
  reply.revisions
    .map(({ revision, by, at, contentHash, seq }) => {
      const sealed = desk.texts.revision(seq);
      const title = inWords('page.revision', { revision, who: desk.nameOf(by), at: timeInWords(at, timeZone) });
      return `<h3>${escape(title)}</h3>${sealed ? passage(textOf(sealed.document), sealed.content.language) : ''}<p class="soft">${escape(
        inWords('page.fingerprint'),
      )}</p><p class="mono">${contentHash}</p>`;
    })
    .join('');

/**
 * One reply's whole story as a page that opens without the program and loads nothing: every version, every act with its
 * signature, and the proofs. Text from outside is escaped, and the page forbids itself scripts.
 */
export const proofPage = (
  desk: Desk,
  { reply, exportedBy, timeZone }: ProofPageRequest,
): { html: string; hash: string; size: number } => {
  const proof = {
    format: 'countersign/v1/story',
    ...collectProof(desk, recordsOfStory(desk, reply)),
    revisions: reply.revisions.map(({ revision, contentHash, seq }) => ({
      revision,
      contentHash,
      content: desk.texts.revision(seq)?.content ?? null,
    })),
    capture: desk.texts.capture(reply.mention)?.capture ?? null,
  };
  const size = desk.journal.size;
  const capture = desk.texts.capture(reply.mention)?.capture ?? null;
  const channel = desk.tables.channels.get(reply.channel);
  const title = capture ? inWords('page.title', { handle: capture.post.author.handle }) : inWords('page.titleErased');
  const story = storyOf(desk, reply);
  const at = (time: string): string => escape(timeInWords(time, timeZone));
  const meanings = ['approved', 'changesRequested', 'rejected', 'released'] as const;
  const body = `<dl>${fact(inWords('page.workspace'), escape(desk.tables.workspace.get()?.name ?? ''))}${fact(inWords('page.channel'), escape(channel?.name ?? ''))}${fact(inWords('page.account'), `@${escape(channel?.handle ?? '')}`)}${fact(inWords('page.exportedBy'), escape(exportedBy))}${fact(inWords('page.exportedAt'), at(desk.now()))}</dl>
<p class="soft">${escape(inWords('page.times', { timeZone }))}</p>
<h2>${escape(inWords('page.customerPost'))}</h2>
${capture ? `${passage(capture.post.text, capture.post.language)}<p class="soft">@${escape(capture.post.author.handle)} · ${at(capture.post.at)} · ${escape(inWords('page.capturedAt', { at: timeInWords(reply.openedAt, timeZone) }))}</p>` : ''}
<h2>${escape(inWords('page.published'))}</h2>${publishedSection(desk, reply)}
<h2>${escape(inWords('page.story'))}</h2><ol>${story.map((entry) => storyItem(entry, timeZone)).join('')}</ol>
<h2>${escape(inWords('page.revisions'))}</h2>${revisionSection(desk, reply, timeZone)}
<h2>${escape(inWords('page.meaning'))}</h2>${meanings.map((meaning) => `<p>${escape(inWords(`page.meaning.${meaning}`))}</p>`).join('')}
<h2>${escape(inWords('page.proofs'))}</h2>${proofSection(proof, size)}
<h2>${escape(inWords('page.howTo'))}</h2><p>${escape(inWords('page.howTo.text'))}</p>`;
  const html = pageOf(title, body, proof);
  return { html, size, hash: createHash('sha256').update(html, 'utf8').digest('hex') };
};
