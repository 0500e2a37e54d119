import { fromBase64, toBase64 } from './bytes.ts';
import { parseSignedNote, type SignedNote } from './signed-note.ts';

/** C2SP tlog-checkpoint: a signed commitment to the first `size` records. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  /** RFC 9162 root over the first `size` records, 32 bytes. */
  readonly root: Uint8Array;
}

/** The text to be signed: origin, size, root, each with its LF. */
export const checkpointBody = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size.toString()}\n${toBase64(root)}\n`;

/** Reads the text of a checkpoint; extension lines after the root are allowed. `null` when it is malformed. */
export const parseCheckpointBody = (text: string): Checkpoint | null => {
  if (!text.endsWith('\n')) return null;
  const [origin, sizeText, rootText, ...extensions] = text.slice(0, -1).split('\n');
  if (!origin || sizeText === undefined || rootText === undefined || extensions.includes('')) return null;
  if (!/^(0|[1-9]\d{0,19})$/.test(sizeText)) return null;
  const size = BigInt(sizeText);
  const root = fromBase64(rootText);
  if (size > 0xffff_ffff_ffff_ffffn || root?.length !== 32) return null;
  return { origin, size, root };
};

/** Reads a signed checkpoint; `null` when the note or its text is malformed. Nothing is verified yet. */
export const parseSignedCheckpoint = (source: string): { note: SignedNote; checkpoint: Checkpoint } | null => {
  const note = parseSignedNote(source);
  const checkpoint = note ? parseCheckpointBody(note.text) : null;
  return note && checkpoint ? { note, checkpoint } : null;
};
