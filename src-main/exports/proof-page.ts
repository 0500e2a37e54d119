import { createHash } from 'node:crypto';
import { textOf } from '#workflows/content/document.ts';
import { fromUtf8, toBase64, toHex } from '#workflows/journal/bytes.ts';
import { formatNoteKey, noteKey } from '#workflows/journal/signed-note.ts';
import type { StoryEntry } from '#workflows/contract/reply.contract.ts';
import { inWords, storyInWords, timeInWords } from '../core/words.ts';
import type { Desk } from '../core/desk.ts';
import type { ReplyEntry } from '../core/state/tables.ts';
import { newestPublication } from '../core/views/publication-view.ts';
import { recordsOfStory, storyOf } from '../core/views/story.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';

export interface ProofPageRequest {
  readonly reply: ReplyEntry;
  readonly exportedBy: string;
  readonly timeZone: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text to HTML. Everything that came from outside goes through here. */
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** JSON that can stand in a script element whatever it says. */
const jsonForScript = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;

interface Proof {
  readonly seq: number;
  readonly record: string;
  readonly leafHash: string;
  readonly path: readonly string[];
}

/** The facts of the page as data, for whoever checks it with a program. */
interface ProofData {
  readonly format: 'countersign/v1/story';
  readonly origin: string;
  readonly checkpoint: string;
  readonly checkpointKey: string;
  readonly keys: readonly {
    readonly key: string;
    readonly person: string;
    readonly name: string;
    readonly publicKey: string;
  }[];
  readonly records: readonly Proof[];
  readonly revisions: readonly unknown[];
  readonly capture: unknown;
}

const collectProof = (desk: Desk, reply: ReplyEntry): ProofData => {
  const { journal } = desk;
  const { registry } = journal;
  const records = recordsOfStory(desk, reply);
  const checkpoint = journal.checkpoint();
  const publicKey = registry.checkpointKeyAt(journal.size) ?? new Uint8Array(32);
  const keyIds = [...new Set(records.flatMap(({ sig }) => sig?.key ?? []))];
  return {
    format: 'countersign/v1/story',
    origin: journal.origin,
    checkpoint,
    checkpointKey: formatNoteKey(noteKey(journal.origin, publicKey, nodeCrypto)),
    keys: keyIds.map((key) => {
      const person = registry.state.keys[key]?.person ?? 'person/';
      return {
        key,
        person,
        name: desk.nameOf(person),
        publicKey: toBase64(registry.publicKey(key) ?? new Uint8Array()),
      };
    }),
    records: records.map(({ seq }) => {
      const { leafHash, path } = journal.proveInclusion(seq);
      return { seq, record: fromUtf8(journal.readBytes(seq)) ?? '', leafHash: toHex(leafHash), path: path.map(toHex) };
    }),
    revisions: reply.revisions.map(({ revision, contentHash, seq }) => ({
      revision,
      contentHash,
      content: desk.texts.revision(seq)?.content ?? null,
    })),
    capture: desk.texts.capture(reply.mention)?.capture ?? null,
  };
};

const STYLE = `
:root{color-scheme:light;font:15px/1.55 system-ui,sans-serif;color:#1c1a18;background:#fff}
body{max-width:860px;margin:40px auto;padding:0 24px}
h1{font-size:22px;line-height:1.3;margin:0 0 8px}h2{font-size:16px;margin:36px 0 8px;padding-top:16px;border-top:1px solid #e2dfda}
h3{font-size:14px;margin:20px 0 4px}p{margin:4px 0}.soft{color:#57524c}.mono{font:12px/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:12px 0}dt{color:#67615a}dd{margin:0}
.text{white-space:pre-wrap;overflow-wrap:anywhere;border-left:2px solid #8f8a83;padding:4px 12px;margin:8px 0}
ol{padding:0;list-style:none}li{padding:6px 0;border-bottom:1px solid #e2dfda;break-inside:avoid}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f7f6f4;padding:8px;margin:4px 0;font:11px/1.5 ui-monospace,monospace}
details{margin:6px 0}summary{cursor:default}
@media print{body{margin:0;max-width:none}details{display:block}details>*{display:block}h2{break-after:avoid}}`;

const fact = (term: string, value: string): string => `<dt>${escape(term)}</dt><dd>${value}</dd>`;

const passage = (text: string, language: string | null): string =>
  `<div class="text" dir="auto"${language ? ` lang="${escape(language)}"` : ''}>${escape(text)}</div>`;

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

const proofSection = ({ checkpoint, checkpointKey, keys, records }: ProofData, size: number): string => {
  const people = keys
    .map(({ name, key, publicKey }) => fact(name, `<span class="mono">${key}<br>${escape(publicKey)}</span>`))
    .join('');
  const items = records
    .map(
      ({ seq, record, leafHash, path }) =>
        `<details><summary>${escape(inWords('page.record', { seq }))}</summary><pre>${escape(record)}</pre><p class="soft">${escape(
          inWords('page.leafHash'),
        )}</p><p class="mono">${leafHash}</p><p class="soft">${escape(inWords('page.path'))}</p><p class="mono">${path.join('<br>')}</p></details>`,
    )
    .join('');
  return `<p>${escape(inWords('page.proofs.lead'))}</p><h3>${escape(inWords('page.checkpoint', { size }))}</h3><pre>${escape(
    checkpoint,
  )}</pre><h3>${escape(inWords('page.checkpointKey'))}</h3><p class="mono">${escape(checkpointKey)}</p><h3>${escape(
    inWords('page.keys'),
  )}</h3><dl>${people}</dl>${items}`;
};

/**
 * One reply's whole story as a page that opens without the program and loads nothing: every version, every act with its
 * signature, and the proofs. Text from outside is escaped, and the page forbids itself scripts.
 */
export const proofPage = (
  desk: Desk,
  { reply, exportedBy, timeZone }: ProofPageRequest,
): { html: string; hash: string; size: number } => {
  const proof = collectProof(desk, reply);
  const size = desk.journal.size;
  const capture = desk.texts.capture(reply.mention)?.capture ?? null;
  const channel = desk.tables.channels.get(reply.channel);
  const title = capture ? inWords('page.title', { handle: capture.post.author.handle }) : inWords('page.titleErased');
  const story = storyOf(desk, reply);
  const at = (time: string): string => escape(timeInWords(time, timeZone));
  const meanings = ['approved', 'changesRequested', 'rejected', 'released'] as const;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style></head><body>
<h1>${escape(title)}</h1>
<dl>${fact(inWords('page.workspace'), escape(desk.tables.workspace.get()?.name ?? ''))}${fact(inWords('page.channel'), escape(channel?.name ?? ''))}${fact(inWords('page.account'), `@${escape(channel?.handle ?? '')}`)}${fact(inWords('page.exportedBy'), escape(exportedBy))}${fact(inWords('page.exportedAt'), at(desk.now()))}</dl>
<p class="soft">${escape(inWords('page.times', { timeZone }))}</p>
<h2>${escape(inWords('page.customerPost'))}</h2>
${capture ? `${passage(capture.post.text, capture.post.language)}<p class="soft">@${escape(capture.post.author.handle)} · ${at(capture.post.at)} · ${escape(inWords('page.capturedAt', { at: timeInWords(reply.openedAt, timeZone) }))}</p>` : ''}
<h2>${escape(inWords('page.published'))}</h2>${publishedSection(desk, reply)}
<h2>${escape(inWords('page.story'))}</h2><ol>${story.map((entry) => storyItem(entry, timeZone)).join('')}</ol>
<h2>${escape(inWords('page.revisions'))}</h2>${revisionSection(desk, reply, timeZone)}
<h2>${escape(inWords('page.meaning'))}</h2>${meanings.map((meaning) => `<p>${escape(inWords(`page.meaning.${meaning}`))}</p>`).join('')}
<h2>${escape(inWords('page.proofs'))}</h2>${proofSection(proof, size)}
<h2>${escape(inWords('page.howTo'))}</h2><p>${escape(inWords('page.howTo.text'))}</p>
<script type="application/json" id="proof">${jsonForScript(proof)}</script>
</body></html>
`;
  return { html, size, hash: createHash('sha256').update(html, 'utf8').digest('hex') };
};
