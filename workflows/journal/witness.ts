import type { Time } from '../time.ts';
import { equalBytes, fromBase64, fromHex, toBase64 } from './bytes.ts';
import { parseSignedCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { CryptoPort } from './crypto-port.ts';
import { isConsistent } from './merkle.ts';
import { checkpointKeyProofBytes } from './record.ts';
import { noteKey, verifyNote } from './signed-note.ts';

/** The newest checkpoint that a client saw of a workspace, and the key by which it knew it. */
export interface KeptCheckpoint {
  /** The signed checkpoint as it came. */
  readonly text: string;
  /** The checkpoint key that signed it, base64 of 32 bytes. */
  readonly key: string;
  readonly seenAt: Time;
}

/** A change of the checkpoint key, vouched for by the key before it (JOURNAL.md, `workspace.keyRotated`). */
export interface KeyRotation {
  readonly checkpointKey: string;
  readonly proof: string;
}

/** What the desk says of its journal now. Hostile input: the desk is what is being watched. */
export interface JournalStatement {
  /** The newest signed checkpoint. */
  readonly text: string;
  /** The key that signed it, base64 of 32 bytes. */
  readonly key: string;
  /** Every change of the checkpoint key, the oldest first. */
  readonly rotations: readonly KeyRotation[];
  /** RFC 9162 section 2.1.4: from the size that was asked about to the checkpoint's, in hex; empty without one. */
  readonly proof: readonly string[];
}

/** Why a client refuses a journal. */
export const WITNESS_REFUSALS = [
  /** The checkpoint is of another workspace, or cannot be read. */
  'unreadable',
  'badSignature',
  /** Signed by a key that the one before did not vouch for. */
  'otherKey',
  /** Fewer records than were there already. */
  'rolledBack',
  /** As many records, but not the same. */
  'split',
  /** More records, but those from before are not among them unchanged. */
  'rewritten',
] as const;
export type WitnessRefusal = (typeof WITNESS_REFUSALS)[number];

export type WitnessVerdict =
  | { readonly isSound: true; readonly kept: KeptCheckpoint }
  | { readonly isSound: false; readonly reason: WitnessRefusal; readonly shown: Checkpoint | null };

type WitnessCrypto = Pick<CryptoPort, 'sha256' | 'verifyEd25519'>;

/** The checkpoint in what a client keeps; `null` where that was damaged. */
export const checkpointIn = ({ text }: Pick<KeptCheckpoint, 'text'>): Checkpoint | null =>
  parseSignedCheckpoint(text)?.checkpoint ?? null;

/** Whether a key descends from a trusted one by rotations, each signed with the key before it. */
const descends = (
  trusted: string,
  { key, rotations }: JournalStatement,
  origin: string,
  { verifyEd25519 }: WitnessCrypto,
): boolean => {
  let current = trusted;
  if (current === key) return true;
  for (const { checkpointKey, proof } of rotations) {
    const [signer, signature] = [fromBase64(current), fromBase64(proof)];
    // Rotations from before the client's time were by keys that it never knew.
    if (!signer || !signature || !verifyEd25519(signer, checkpointKeyProofBytes(origin, checkpointKey), signature)) {
      continue;
    }
    current = checkpointKey;
    if (current === key) return true;
  }
  return false;
};

const hashesIn = (proof: readonly string[]): Uint8Array[] | null =>
  proof.every((hash) => /^[0-9a-f]{64}$/.test(hash)) ? proof.map(fromHex) : null;

/**
 * Judges what a desk says of its journal by what a client kept of it: the checkpoint must be signed by the key that the
 * client knows, or one that descends from it, and continue the kept one (RFC 9162 section 2.1.4.2). Without a kept one the
 * first is taken on trust.
 */
export const judgeStatement = ({ kept, statement, now }: JudgedStatement, crypto: WitnessCrypto): WitnessVerdict => {
  const parsed = parseSignedCheckpoint(statement.text);
  const key = fromBase64(statement.key);
  const before = kept ? checkpointIn(kept) : null;
  if (!parsed || key?.length !== 32 || (before && before.origin !== parsed.checkpoint.origin)) {
    return { isSound: false, reason: 'unreadable', shown: parsed?.checkpoint ?? null };
  }
  const shown = parsed.checkpoint;
  const { origin } = shown;
  const refuse = (reason: WitnessRefusal): WitnessVerdict => ({ isSound: false, reason, shown });
  if (verifyNote(parsed.note, noteKey(origin, key, crypto), crypto) !== 'verified') return refuse('badSignature');
  const sound: WitnessVerdict = { isSound: true, kept: { text: statement.text, key: toBase64(key), seenAt: now } };
  if (!kept || !before) return sound;
  if (!descends(kept.key, statement, origin, crypto)) return refuse('otherKey');
  if (shown.size < before.size) return refuse('rolledBack');
  if (shown.size === before.size) return equalBytes(shown.root, before.root) ? sound : refuse('split');
  // Every journal continues the empty one.
  if (before.size === 0n) return sound;
  const proof = hashesIn(statement.proof);
  const claim = { oldSize: before.size, oldRoot: before.root, size: shown.size, root: shown.root };
  return proof && isConsistent({ ...claim, proof }, crypto) ? sound : refuse('rewritten');
};

export interface JudgedStatement {
  /** What the client kept of this workspace before it asked; `null` at the first visit. */
  readonly kept: KeptCheckpoint | null;
  readonly statement: JournalStatement;
  /** When the statement was seen. */
  readonly now: Time;
}
