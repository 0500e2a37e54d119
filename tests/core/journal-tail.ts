import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { nodeCrypto } from '#main/journal/node-crypto.ts';
import { JournalVerifier } from '#workflows/journal/verify.ts';
import type { KnownRecord } from '#workflows/records.ts';
import { asKnown, parseLeaf } from './journal-files.ts';

/** Reads what was added to a journal's file since the last look, and judges it as `countersign verify` does. */
export class JournalTail {
  readonly #path: string;
  readonly #verifier = new JournalVerifier(nodeCrypto);
  #offset = 0;
  #problems = 0;

  /** Precondition: the journal has one segment, and keeps it. */
  constructor(workspace: string) {
    const [name = ''] = readdirSync(join(workspace, 'journal')).filter((entry) => entry.endsWith('.jsonl'));
    this.#path = join(workspace, 'journal', name);
  }

  /** The new records, and what is wrong with them. */
  read(): { records: KnownRecord[]; problems: string[] } {
    const leaves = this.#newLeaves();
    for (const leaf of leaves) this.#verifier.add(leaf);
    const problems = this.#verifier.problems.slice(this.#problems);
    this.#problems = this.#verifier.problems.length;
    return {
      records: leaves.map((leaf) => asKnown(parseLeaf(leaf))),
      problems: problems.map(({ seq, code, message }) => `record ${String(seq)}: ${code}: ${message}`),
    };
  }

  #newLeaves(): Uint8Array[] {
    const file = openSync(this.#path, 'r');
    try {
      const bytes = Buffer.alloc(fstatSync(file).size - this.#offset);
      readSync(file, bytes, 0, bytes.length, this.#offset);
      const end = bytes.lastIndexOf(10) + 1;
      this.#offset += end;
      const lines = bytes.subarray(0, end).toString('latin1').split('\n').slice(0, -1);
      return lines.map((line) => Uint8Array.from(Buffer.from(line, 'latin1')));
    } finally {
      closeSync(file);
    }
  }
}
