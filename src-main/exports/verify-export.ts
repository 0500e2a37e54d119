import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { toBase64, toHex } from '#workflows/journal/bytes.ts';
import { parseSignedCheckpoint } from '#workflows/journal/checkpoint.ts';
import { readManifest, type ExportManifest } from '#workflows/journal/export-manifest.ts';
import { hashLeaf, isIncluded } from '#workflows/journal/merkle.ts';
import { originOf, readLeaf, type JournalRecord } from '#workflows/journal/record.ts';
import { SliceVerifier } from '#workflows/journal/slice-verifier.ts';
import { parseTlogProof, TLOG_PROOF_EXTENSION } from '#workflows/journal/tlog-proof.ts';
import type { Problem, VerificationNote, VerificationResult } from '#workflows/journal/verify.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import { listSegments, readSegmentLines } from '../journal/segment-files.ts';
import { verifyWorkspace, type VerifyOptions } from '../journal/verify-workspace.ts';
import { evidenceOf } from './carried-evidence.ts';
import { judgeFiles, MANIFEST_PATH, readExportFile, readExportText } from './export-files.ts';
import { RevealedParts } from './verify-revealed.ts';

/** Whether a folder is an export: it says so itself, or what is left of it does. */
export const isExport = (folder: string): boolean =>
  existsSync(join(folder, MANIFEST_PATH)) || existsSync(join(folder, 'records'));

const CHECKPOINT_PATH = 'journal/checkpoint';
const VKEY_PATH = 'keys/workspace.vkey';
const RECORD_PATH = /^records\/(\d{20})\.json$/;

const RULES_NEED_ALL = 'a slice is not judged by the rules of the workflow: that takes the whole journal';

const problem = (seq: number | null, code: Problem['code'], message: string): Problem => ({ seq, code, message });

interface Parts {
  readonly size: number;
  readonly root: string;
  readonly fingerprint: string;
  readonly problems: readonly Problem[];
  readonly notes: readonly VerificationNote[];
}

const resultOf = ({ problems, ...rest }: Parts): VerificationResult => ({
  ok: problems.length === 0,
  ...rest,
  notes: [...rest.notes],
  problems: [...problems],
});

/** One record's proof: that it leads from these bytes, at this place, to the root of the export's one checkpoint. */
const judgeProof = async (
  folder: string,
  { leaf, seq, checkpoint }: { leaf: Uint8Array; seq: number; checkpoint: string | null },
): Promise<Problem[]> => {
  const path = `records/${String(seq).padStart(20, '0')}${TLOG_PROOF_EXTENSION}`;
  const text = await readExportText(folder, path);
  const bundle = text === null ? null : parseTlogProof(text);
  if (!bundle) return [problem(seq, 'unreadable', `${path} is no proof`)];
  const root = parseSignedCheckpoint(bundle.checkpoint)?.checkpoint;
  const problems: Problem[] = [];
  if (checkpoint === null || bundle.checkpoint !== checkpoint) {
    problems.push(problem(seq, 'bad-checkpoint-signature', `${path} names another checkpoint than ${CHECKPOINT_PATH}`));
  }
  const claim = {
    leafHash: hashLeaf(leaf, nodeCrypto),
    index: bundle.index,
    size: root?.size ?? 0n,
    proof: bundle.path,
    root: root?.root ?? new Uint8Array(),
  };
  if (bundle.index !== BigInt(seq) || !isIncluded(claim, nodeCrypto)) {
    problems.push(problem(seq, 'root-mismatch', `${path} does not lead from the record to the checkpoint`));
  }
  return problems;
};

const placesIn = ({ files }: ExportManifest): number[] =>
  files
    .flatMap(({ path }) => RECORD_PATH.exec(path)?.[1] ?? [])
    .map(Number)
    .filter((seq) => Number.isSafeInteger(seq))
    .sort((a, b) => a - b);

/** Evidence that a slice's records name and that is neither here nor said to be absent already when it was exported. */
const evidenceLedger = ({ files, absentEvidence, support }: ExportManifest) => {
  const carried = new Set([...absentEvidence, ...files.map(({ path }) => path.replace(/^evidence\//, ''))]);
  const isSupport = new Set(support);
  return (record: JournalRecord): Problem[] =>
    (isSupport.has(record.seq) ? [] : evidenceOf(record))
      .filter((name) => !carried.has(name))
      .map((name) => problem(record.seq, 'missing-evidence', `evidence/${name} is absent`));
};

const verifySlice = async (folder: string, manifest: ExportManifest, options: VerifyOptions): Promise<Parts> => {
  const verifier = new SliceVerifier(nodeCrypto);
  const revealed = await RevealedParts.read(folder, manifest);
  const checkpoint = await readExportText(folder, CHECKPOINT_PATH);
  const vkey = await readExportText(folder, VKEY_PATH);
  const missingEvidence = evidenceLedger(manifest);
  const problems: Problem[] = [];
  const places = placesIn(manifest);
  let fingerprint = '';
  for (const [index, seq] of places.entries()) {
    options.signal?.throwIfAborted();
    const path = `records/${String(seq).padStart(20, '0')}.json`;
    const leaf = await readExportFile(folder, path);
    if (!leaf) continue;
    if (seq === 0) fingerprint = toHex(nodeCrypto.sha256(leaf));
    const record = verifier.add(leaf, seq);
    problems.push(...(await judgeProof(folder, { leaf, seq, checkpoint })));
    if (record) {
      problems.push(...missingEvidence(record));
      await revealed.take(record);
    }
    if (index % 500 === 0) {
      const done = { records: index + 1, bytes: index + 1, totalBytes: places.length };
      options.onProgress?.({ ...done, problems: problems.length + verifier.problems.length });
    }
  }
  for (const { path, sha256 } of manifest.files) {
    if (path.startsWith('evidence/') && path !== `evidence/${sha256}`) {
      problems.push(problem(null, 'missing-evidence', `${path} holds other bytes than its name says`));
    }
  }
  verifier.judgeCheckpoint(checkpoint ?? '', vkey ?? '');
  if (options.checkpoint !== undefined) {
    const message = 'a slice cannot show that its journal extends a kept checkpoint: that takes the whole journal';
    problems.push(problem(null, 'not-checkable', message));
  }
  const covered = checkpoint === null ? null : parseSignedCheckpoint(checkpoint)?.checkpoint;
  problems.push(...verifier.problems, ...revealed.finish());
  if (places.length !== manifest.records) {
    const message = `export.json speaks of ${String(manifest.records)} records, ${String(places.length)} are here`;
    problems.push(problem(null, 'size-mismatch', message));
  }
  const size = covered?.size.toString() ?? 'no';
  return {
    size: places.length,
    root: covered ? toBase64(covered.root) : '',
    fingerprint,
    problems,
    notes: [
      { code: 'slice', message: `a slice: ${String(places.length)} of the ${size} records under its checkpoint` },
      ...(options.rules ? [{ code: 'not-checkable' as const, message: RULES_NEED_ALL }] : []),
    ],
  };
};

/** Records of a whole journal, read once more for what is opened of them. */
async function* recordsOf(folder: string): AsyncGenerator<JournalRecord> {
  for (const { path } of await listSegments(join(folder, 'journal'))) {
    for await (const { bytes, isWhole } of readSegmentLines(path)) {
      const reading = isWhole ? readLeaf(bytes) : null;
      if (reading?.ok) yield reading.record;
    }
  }
}

const verifyWhole = async (folder: string, manifest: ExportManifest, options: VerifyOptions): Promise<Parts> => {
  const result = await verifyWorkspace(folder, options);
  const revealed = await RevealedParts.read(folder, manifest);
  if (!revealed.isEmpty) for await (const record of recordsOf(folder)) await revealed.take(record);
  return { ...result, problems: [...result.problems, ...revealed.finish()] };
};

/** What `export.json` says of the journal must be what the rest of the export shows. */
const judgeClaims = async (folder: string, manifest: ExportManifest, fingerprint: string): Promise<Problem[]> => {
  const checkpoint = parseSignedCheckpoint((await readExportText(folder, CHECKPOINT_PATH)) ?? '')?.checkpoint;
  const root = checkpoint ? toBase64(checkpoint.root) : '';
  const claims: [string, Problem['code'], boolean][] = [
    ['workspace', 'bad-record', originOf(manifest.workspace) === checkpoint?.origin],
    ['size', 'size-mismatch', BigInt(manifest.size) === checkpoint?.size],
    ['root', 'root-mismatch', manifest.root === root],
    ['fingerprint', 'bad-key', manifest.fingerprint === fingerprint],
  ];
  return claims
    .filter(([, , holds]) => !holds)
    .map(([name, code]) => problem(null, code, `${MANIFEST_PATH} names another ${name} than the export shows`));
};

/**
 * Verifies an export from its files alone: each file's hash, each record, signature and proof, as far as the records in it
 * go, and what is opened against the hashes that bind it.
 * Precondition: {@link isExport}.
 */
export const verifyExport = async (path: string, options: VerifyOptions = {}): Promise<VerificationResult> => {
  const folder = resolve(path);
  const bytes = await readExportFile(folder, MANIFEST_PATH);
  const reading = bytes ? readManifest(bytes, nodeCrypto) : { manifest: null, problem: 'it is absent or too long' };
  const own = reading.problem === null ? [] : [problem(null, 'unreadable', `${MANIFEST_PATH}: ${reading.problem}`)];
  const { manifest } = reading;
  if (!manifest) return resultOf({ size: 0, root: '', fingerprint: '', problems: own, notes: [] });
  const files = await judgeFiles(folder, manifest);
  const verify = manifest.scope.of === 'journal' ? verifyWhole : verifySlice;
  const parts = await verify(folder, manifest, options);
  const pinned =
    options.key !== undefined && manifest.scope.of !== 'journal' && parts.fingerprint !== options.key.toLowerCase()
      ? [problem(0, 'bad-key', `record 0 has the fingerprint ${parts.fingerprint}, not the pinned one`)]
      : [];
  const problems = [
    ...own,
    ...pinned,
    ...files,
    ...parts.problems,
    ...(await judgeClaims(folder, manifest, parts.fingerprint)),
  ];
  return resultOf({ ...parts, problems });
};

/** Verifies a workspace or an export: what the folder holds decides. @throws NotAWorkspaceError when it is neither */
export const verifyFolder = (path: string, options: VerifyOptions = {}): Promise<VerificationResult> =>
  isExport(path) ? verifyExport(path, options) : verifyWorkspace(path, options);
