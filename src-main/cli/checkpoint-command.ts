import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fromUtf8 } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { parseNoteKey, verifyNote } from '#workflows/journal/signed-note.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import { diskStorage } from '../storage/storage.ts';
import { harmless } from './output.ts';

interface Output {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** Something does not hold, or could not be had. */
class CheckpointProblem extends Error {
  override name = 'CheckpointProblem';
}

/** The path is no workspace, or the command was not understood. */
class WrongUse extends Error {
  override name = 'WrongUse';
}

const readOr = (path: string, problem: Error): Uint8Array => {
  try {
    return readFileSync(path);
  } catch {
    throw problem;
  }
};

/** The newest checkpoint of a workspace, once its signature by the workspace's key has been checked. */
const newestCheckpoint = (workspace: string): { text: string; bytes: Uint8Array; size: string } => {
  const keyBytes = readOr(
    join(workspace, 'keys', 'workspace.vkey'),
    new WrongUse(`${workspace} is not a workspace: it has no public key`),
  );
  const missing = new CheckpointProblem('The workspace has no checkpoint.');
  const bytes = readOr(join(workspace, 'journal', 'checkpoint'), missing);
  const text = fromUtf8(bytes);
  const parsed = text === null ? null : parseSignedCheckpoint(text);
  if (text === null || !parsed) throw new CheckpointProblem('The checkpoint cannot be read.');
  const key = parseNoteKey((fromUtf8(keyBytes) ?? '').trimEnd(), nodeCrypto);
  const isSigned = key?.name === parsed.checkpoint.origin && verifyNote(parsed.note, key, nodeCrypto) === 'verified';
  if (!isSigned) throw new CheckpointProblem('The checkpoint is not signed with the workspace’s key.');
  return { text, bytes, size: parsed.checkpoint.size.toString() };
};

const PROBLEMS = {
  unreadable: 'the time stamp cannot be read',
  notGranted: 'the authority did not grant a time stamp',
  wrongImprint: 'the time stamp is of something else',
  wrongNonce: 'the time stamp answers another request',
  tooEarly: 'the time stamp is older than what it stamps',
  badSignature: 'the signature of the time stamp is not right',
  notTrusted: 'no certificate that was valid then leads to the authority in --ca',
  wrongPurpose: 'the certificate is not one for time stamping alone',
  wrongCertificate: 'the time stamp names another certificate',
} as const;

const certificatesIn = async (path: string | undefined) => {
  if (path === undefined)
    throw new WrongUse('Say with --ca which authority is trusted: a file of certificates in PEM.');
  const { readCertificates } = await import('../timestamps/time-stamp.ts');
  const pem = fromUtf8(readOr(resolve(path), new WrongUse(`${path} cannot be read.`))) ?? '';
  try {
    return readCertificates(pem);
  } catch (error) {
    throw new WrongUse(`${path} holds no certificates: ${(error as Error).message}`);
  }
};

const stamp = async (
  workspace: string,
  authority: string,
  ca: string | undefined,
  { complain }: Output,
): Promise<void> => {
  const trusted = await certificatesIn(ca);
  const [{ stampRequest, verifyStamp }, { askAuthority }, { keepStamped }] = await Promise.all([
    import('../timestamps/time-stamp.ts'),
    import('../timestamps/ask-authority.ts'),
    import('../timestamps/stamped-checkpoints.ts'),
  ]);
  const { bytes, size } = newestCheckpoint(workspace);
  const { request, nonce } = stampRequest(bytes);
  const reply = await askAuthority(authority, request).catch((error: unknown) => {
    throw new CheckpointProblem(`The authority could not be asked: ${(error as Error).message}.`);
  });
  const verdict = await verifyStamp(reply, { bytes, trusted, nonce });
  if (!verdict.ok) throw new CheckpointProblem(`Refused: ${PROBLEMS[verdict.problem]}.`);
  keepStamped(workspace, { size, checkpoint: bytes, reply }, diskStorage);
  complain(`stamped by ${harmless(verdict.authority)} at ${verdict.at.toISOString()}, kept in timestamps/${size}.tsr`);
};

const verifyKept = async (workspace: string, ca: string | undefined, { print }: Output): Promise<number> => {
  const trusted = await certificatesIn(ca);
  const [{ verifyStamp }, { keptStamps }] = await Promise.all([
    import('../timestamps/time-stamp.ts'),
    import('../timestamps/stamped-checkpoints.ts'),
  ]);
  newestCheckpoint(workspace);
  const stamps = keptStamps(workspace);
  if (stamps.length === 0) throw new CheckpointProblem('No checkpoint has a time stamp.');
  let problems = 0;
  for (const { size, checkpoint, reply } of stamps) {
    const verdict = await verifyStamp(reply, { bytes: checkpoint, trusted });
    const stated = parseSignedCheckpoint(fromUtf8(checkpoint) ?? '')?.checkpoint.size.toString();
    const isRight = verdict.ok && stated === size;
    if (!isRight) problems += 1;
    if (!verdict.ok) print(`problem: ${size} records: ${PROBLEMS[verdict.problem]}`);
    else if (stated !== size) print(`problem: ${size} records: the stamped checkpoint is of another size`);
    else print(`ok: ${size} records, stamped by ${harmless(verdict.authority)} at ${verdict.at.toISOString()}`);
  }
  return problems === 0 ? 0 : 1;
};

/**
 * `countersign checkpoint PATH`: prints the newest checkpoint, to be kept elsewhere; has it stamped by a time-stamping
 * authority, or verifies the stamps that are kept. @returns 0 when done, 1 when something does not hold, 2 for wrong use
 */
export const runCheckpoint = async (parameters: string[], output: Output): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: parameters,
    allowPositionals: true,
    options: { timestamp: { type: 'string' }, ca: { type: 'string' }, verify: { type: 'boolean', default: false } },
  });
  const [path, ...more] = positionals;
  try {
    if (path === undefined || more.length > 0)
      throw new WrongUse('countersign checkpoint takes one path: a workspace.');
    const workspace = resolve(path);
    if (values.verify) return await verifyKept(workspace, values.ca, output);
    if (values.timestamp !== undefined) {
      if (!/^https?:\/\//.test(values.timestamp))
        throw new WrongUse('--timestamp takes the http address of an authority.');
      await stamp(workspace, values.timestamp, values.ca, output);
    }
    output.print(newestCheckpoint(workspace).text.trimEnd());
    return 0;
  } catch (error) {
    if (!(error instanceof WrongUse) && !(error instanceof CheckpointProblem)) throw error;
    output.complain(harmless(error.message));
    return error instanceof WrongUse ? 2 : 1;
  }
};
