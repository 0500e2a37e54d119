import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ExportFolder } from './export-folder.ts';

export const VERIFIER_PATH = 'verify/countersign-verify.mjs';

/** The verifier in one file, which the build makes: beside the built program, or in its folder where it runs from source. */
const findVerifier = (): string | null => {
  const places = ['../verify/', '../../verify/', '../../out/verify/'].map((place) =>
    fileURLToPath(new URL(`${place}countersign-verify.mjs`, import.meta.url)),
  );
  return places.find((place) => existsSync(place)) ?? null;
};

/** Puts the verifier into an export. @returns whether there is one: a program that was not built has none */
export const carryVerifier = async (target: ExportFolder): Promise<boolean> => {
  const path = findVerifier();
  if (path === null) return false;
  await target.file(VERIFIER_PATH, createReadStream(path) as AsyncIterable<Uint8Array>);
  return true;
};
