import { fromUtf8, toBase64, toHex } from '#workflows/journal/bytes.ts';
import type { JournalRecord } from '#workflows/journal/record.ts';
import { formatNoteKey, noteKey } from '#workflows/journal/signed-note.ts';
import type { Desk } from '../core/desk.ts';
import { inWords } from '../core/words.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import { escape, fact } from './page-parts.ts';

interface Proof {
  readonly seq: number;
  readonly record: string;
  readonly leafHash: string;
  readonly path: readonly string[];
}

/** The facts of the page as data, for whoever checks it with a program. */
export interface ProofData {
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
}

/** The proofs of records against the newest checkpoint, worked out anew. */
export const collectProof = (desk: Desk, records: readonly JournalRecord[]): ProofData => {
  const { journal } = desk;
  const { registry } = journal;
  const checkpoint = journal.checkpoint();
  const publicKey = registry.checkpointKeyAt(journal.size) ?? new Uint8Array(32);
  const keyIds = [...new Set(records.flatMap(({ sig }) => sig?.key ?? []))];
  return {
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
  };
};

/** The proofs as a section of a page. @param size number of records under the checkpoint */
export const proofSection = ({ checkpoint, checkpointKey, keys, records }: ProofData, size: number): string => {
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
