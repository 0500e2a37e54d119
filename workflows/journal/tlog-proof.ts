import { fromBase64, toBase64 } from './bytes.ts';
import { parseSignedCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { CryptoPort } from './crypto-port.ts';
import { hashLeaf, isIncluded, type Hash } from './merkle.ts';
import { verifyNote, type NoteKey } from './signed-note.ts';

/** First line of a C2SP tlog-proof. */
const HEADER = 'c2sp.org/tlog-proof@v1';

/** No tree of 2^64 leaves needs a longer path. */
const MAX_HASHES = 64;

/** As much as a signed note may have. */
const MAX_LENGTH = 1_000_000;

/** The name that C2SP tlog-proof asks for. */
export const TLOG_PROOF_EXTENSION = '.tlog-proof';

/** C2SP tlog-proof: that one record is in the log under a checkpoint, to be checked without the log. */
export interface TlogProof {
  /** Place of the record, from 0; 64-bit, hence BigInt. */
  readonly index: bigint;
  /** The inclusion proof, the leaf's sibling first (RFC 9162 section 2.1.3.1). */
  readonly path: readonly Hash[];
  /** The signed checkpoint, word for word, with its last LF. */
  readonly checkpoint: string;
  /** Anything that the application adds. It is not authenticated by the proof. */
  readonly extra?: Uint8Array;
}

/** The text of a proof. Precondition: `path` has at most 64 hashes of 32 bytes. */
export const formatTlogProof = ({ index, path, checkpoint, extra }: TlogProof): string =>
  [
    HEADER,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index.toString()}`,
    ...path.map((hash) => toBase64(hash)),
    '',
    checkpoint,
  ].join('\n');

/** Reads the text of a proof; `null` when it is malformed. The checkpoint is not read yet, nothing is verified. Hostile input. */
export const parseTlogProof = (source: string): TlogProof | null => {
  if (source.length > MAX_LENGTH) return null;
  const split = source.indexOf('\n\n');
  if (split < 0) return null;
  const [header, ...lines] = source.slice(0, split).split('\n');
  if (header !== HEADER) return null;
  const extraText = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
  const extra = extraText === undefined ? undefined : fromBase64(extraText);
  const index = readIndex(lines.shift());
  if (extra === null || index === null || lines.length > MAX_HASHES) return null;
  const path: Hash[] = [];
  for (const line of lines) {
    const hash = fromBase64(line);
    if (hash?.length !== 32) return null;
    path.push(hash);
  }
  return { index, path, checkpoint: source.slice(split + 2), ...(extra ? { extra } : {}) };
};

const readIndex = (line: string | undefined): bigint | null => {
  const text = /^index (0|[1-9]\d{0,19})$/.exec(line ?? '')?.[1];
  const index = text === undefined ? null : BigInt(text);
  return index !== null && index <= 0xffff_ffff_ffff_ffffn ? index : null;
};

/** Why a proof does not hold. */
export type TlogProofProblem =
  /** The proof or its checkpoint cannot be read. */
  | 'malformed'
  /** The checkpoint is of another log, or its signature by the key does not fit it. */
  | 'bad-checkpoint-signature'
  /** No signature is by the key. */
  | 'wrong-checkpoint-key'
  /** The record is not in the log at that place. */
  | 'not-included';

export type TlogProofVerdict =
  | { readonly ok: true; readonly index: bigint; readonly checkpoint: Checkpoint }
  | { readonly ok: false; readonly problem: TlogProofProblem };

/**
 * Whether a proof shows that a log holds a record (C2SP tlog-proof, Verifying). The checkpoint comes first: a path to a
 * root that nobody signed says nothing. Hostile input.
 * @param source text of the proof
 * @param leaf the record's leaf bytes, from elsewhere than the proof
 * @param key the log's checkpoint key, trusted, whose name is the log's origin
 */
export const verifyTlogProof = (
  source: string,
  leaf: Uint8Array,
  key: NoteKey,
  crypto: Pick<CryptoPort, 'sha256' | 'verifyEd25519'>,
): TlogProofVerdict => {
  const proof = parseTlogProof(source);
  const signed = proof ? parseSignedCheckpoint(proof.checkpoint) : null;
  if (!proof || !signed) return { ok: false, problem: 'malformed' };
  const { note, checkpoint } = signed;
  if (checkpoint.origin !== key.name) return { ok: false, problem: 'bad-checkpoint-signature' };
  const verdict = verifyNote(note, key, crypto);
  if (verdict !== 'verified') {
    return { ok: false, problem: verdict === 'absent' ? 'wrong-checkpoint-key' : 'bad-checkpoint-signature' };
  }
  const { index, path } = proof;
  const { size, root } = checkpoint;
  return isIncluded({ leafHash: hashLeaf(leaf, crypto), index, size, proof: path, root }, crypto)
    ? { ok: true, index, checkpoint }
    : { ok: false, problem: 'not-included' };
};
