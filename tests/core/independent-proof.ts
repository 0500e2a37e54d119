import { createHash, createPublicKey, verify } from 'node:crypto';

/**
 * Checks an exported story with nothing of the program: JOURNAL.md, RFC 8785, RFC 9162 and C2SP signed-note written down
 * once more over node:crypto alone.
 */

interface ExportedProof {
  readonly format: string;
  readonly origin: string;
  readonly checkpoint: string;
  readonly checkpointKey: string;
  readonly keys: readonly { readonly key: string; readonly person: string; readonly publicKey: string }[];
  readonly records: readonly {
    readonly seq: number;
    readonly record: string;
    readonly leafHash: string;
    readonly path: readonly string[];
  }[];
  readonly revisions: readonly { readonly revision: number; readonly contentHash: string; readonly content: unknown }[];
  readonly capture: unknown;
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const sha256 = (...parts: (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RFC 8785 for what the journal holds: whole numbers, strings, and members sorted by UTF-16 units. */
export const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name]!)}`).join(',')}}`;
};

const isSignedBy = (publicKey: Uint8Array, message: string | Uint8Array, signature: string): boolean => {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(message), key, Buffer.from(signature, 'base64'));
};

/** RFC 9162 section 2.1.1 turned around: the root that a leaf and its path give, by the shape of the tree. */
const rootFrom = (leaf: Buffer, index: number, size: number, path: Buffer[]): Buffer => {
  if (size === 1) return leaf;
  const sibling = path.at(-1);
  if (!sibling) throw new Error('the path is too short');
  let left = 1;
  while (left * 2 < size) left *= 2;
  const rest = path.slice(0, -1);
  return index < left
    ? sha256(Uint8Array.of(1), rootFrom(leaf, index, left, rest), sibling)
    : sha256(Uint8Array.of(1), sibling, rootFrom(leaf, index - left, size - left, rest));
};

/** The data of the page, as a browser would find it. @throws Error when there is no such element */
export const proofIn = (html: string): ExportedProof => {
  const match = /<script type="application\/json" id="proof">(.*?)<\/script>/s.exec(html);
  if (!match?.[1]) throw new Error('the page has no proof');
  return JSON.parse(match[1]) as ExportedProof;
};

const checkCheckpoint = ({ origin, checkpoint, checkpointKey }: ExportedProof): { size: number; root: Buffer } => {
  const [body = '', signatures = ''] = checkpoint.split('\n\n');
  const [name, size, root] = body.split('\n');
  if (name !== origin) throw new Error('the checkpoint is of another journal');
  const vkey = /^(?<name>.+)\+(?<hash>[0-9a-f]{8})\+(?<key>.+)$/.exec(checkpointKey)?.groups;
  const key = Buffer.from(vkey?.key ?? '', 'base64');
  const id = sha256(`${origin}\n`, key).subarray(0, 4);
  if (vkey?.name !== origin || key[0] !== 1 || id.toString('hex') !== vkey.hash) throw new Error('no such vkey');
  const line = signatures.split('\n').find((candidate) => candidate.startsWith(`— ${origin} `));
  const signed = Buffer.from(line?.split(' ')[2] ?? '', 'base64');
  const signature = signed.subarray(4).toString('base64');
  if (!signed.subarray(0, 4).equals(id) || !isSignedBy(key.subarray(1), `${body}\n`, signature)) {
    throw new Error('the checkpoint is not signed by its key');
  }
  return { size: Number(size), root: Buffer.from(root ?? '', 'base64') };
};

const checkRecordSignature = (record: { [name: string]: Json }, { origin, keys }: ExportedProof): void => {
  const { seq: _seq, at: _at, cont: _cont, ...unplaced } = record;
  const { value, ...sig } = unplaced.sig as { [name: string]: Json };
  const { person } = record.actor as { person: string };
  const owner = keys.find(({ key }) => key === sig.key);
  const publicKey = Buffer.from(owner?.publicKey ?? '', 'base64');
  if (owner?.person !== person || sha256(publicKey).toString('hex') !== sig.key) throw new Error('not their key');
  const message = `countersign/v1/record\n${origin}\n${canonical({ ...unplaced, sig })}`;
  const isSigned = typeof value === 'string' && isSignedBy(publicKey, message, value);
  if (!isSigned) throw new Error(`record ${JSON.stringify(record.seq)} is not signed`);
};

/**
 * Checks every proof of an exported page.
 * @returns the records that it proves
 * @throws Error for the first thing that does not hold
 */
export const checkExportedStory = (html: string): { [name: string]: Json }[] => {
  const proof = proofIn(html);
  const { size, root } = checkCheckpoint(proof);
  const records = proof.records.map(({ seq, record, leafHash, path }) => {
    const leaf = sha256(Uint8Array.of(0), Buffer.from(record, 'utf8'));
    if (leaf.toString('hex') !== leafHash) throw new Error(`the leaf hash of ${String(seq)} is another`);
    const siblings = path.map((hash) => Buffer.from(hash, 'hex'));
    if (!rootFrom(leaf, seq, size, siblings).equals(root)) throw new Error(`${String(seq)} is not included`);
    const parsed = JSON.parse(record) as { [name: string]: Json };
    if (parsed.seq !== seq || canonical(parsed) !== record) throw new Error(`${String(seq)} is not canonical`);
    if (typeof parsed.actor === 'object' && parsed.actor && 'person' in parsed.actor)
      checkRecordSignature(parsed, proof);
    return parsed;
  });
  for (const { contentHash, content } of proof.revisions) {
    if (sha256(canonical(content as Json)).toString('hex') !== contentHash)
      throw new Error('a content has another hash');
    const isRecorded = records.some(({ type, data }) => type === 'reply.revised' && hashIn(data) === contentHash);
    if (!isRecorded) throw new Error('a revision has no record');
  }
  const captured = records.find(({ type }) => type === 'mention.captured')?.data as { captureHash: string } | undefined;
  if (sha256(canonical(proof.capture as Json)).toString('hex') !== captured?.captureHash) {
    throw new Error('the capture has another hash');
  }
  return records;
};

const hashIn = (data: Json | undefined): Json | undefined =>
  typeof data === 'object' && data && !Array.isArray(data) ? data.contentHash : undefined;
