// `npm run bench:journal`: what the journal costs, each figure with what is promised of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, release } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { asJson, printFigures, type Figure } from './figures.ts';
import { buildParts } from './fork-part.ts';
import { ofGeneratedJournals } from './generated-figures.ts';
import { runPart } from './fork-part.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(import.meta.dirname, '../../../out/bench') },
    /** Longest journal that is generated and measured, in records. */
    max: { type: 'string', default: '1000000' },
    /** Replies on which both reviews are decided one by one. */
    replies: { type: 'string', default: '600' },
    /** Takes generated journals away, before and after. */
    clear: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});

const say = (message: string): void => {
  process.stderr.write(`${message}\n`);
};

const journals = join(values.folder, 'journals');
const replies = Number(values.replies);

/** Each part has a process and a folder of its own. */
const measure = async (file: string, scratch: string): Promise<Figure[]> => {
  const rootFor = (name: string): string => {
    const root = join(scratch, name);
    mkdirSync(root);
    return root;
  };
  const figures: Figure[] = [];
  say('Decisions, one by one and 64 at once …');
  figures.push(...(await runPart(file, 'decisions', { root: rootFor('decisions'), replies })));
  figures.push(...(await ofGeneratedJournals({ file, journals, max: Number(values.max), say })));
  say('Four-step approval beside bpmn-engine …');
  const runs = Math.max(20, Math.round(replies / 6));
  figures.push(...(await runPart(file, 'workflowEngine', { root: rootFor('engine'), runs })));
  say('better-sqlite3 as a peer …');
  figures.push(...(await runPart(file, 'sqlite', { root: rootFor('sqlite'), commits: replies * 2 })));
  say('A file with room made before …');
  figures.push(...(await runPart(file, 'preallocation', { root: rootFor('preallocation'), writes: replies * 2 })));
  return figures;
};

mkdirSync(values.folder, { recursive: true });
if (values.clear) rmSync(journals, { recursive: true, force: true });
const scratch = mkdtempSync(join(values.folder, 'run-'));
try {
  const file = await buildParts(join(values.folder, 'built'));
  const figures = await measure(file, scratch);
  printFigures(figures);
  const machine = {
    processor: cpus()[0]?.model ?? '',
    processors: cpus().length,
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    at: new Date().toISOString(),
  };
  if (values.json !== undefined) writeFileSync(values.json, asJson(figures, machine));
} finally {
  rmSync(scratch, { recursive: true, force: true });
  if (values.clear) rmSync(journals, { recursive: true, force: true });
}
