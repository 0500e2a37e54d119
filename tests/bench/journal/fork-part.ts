import { fork } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import type { PartAnswer, PartInput, PartName, PartOutput } from './parts.ts';

const projectFolder = join(import.meta.dirname, '../../..');

/**
 * Builds the parts as the program is built, so that memory and starts are those of compiled code.
 * @returns the file to fork
 */
export const buildParts = async (folder: string): Promise<string> => {
  await build({
    configFile: false,
    root: projectFolder,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, 'run-part.ts'),
      outDir: folder,
      emptyOutDir: true,
      target: 'node24',
      minify: true,
      rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' } },
    },
  });
  return join(folder, 'run-part.js');
};

/** Runs a part in a process of its own. @throws Error with the part's own message when it fails */
export const runPart = <Name extends PartName>(
  file: string,
  name: Name,
  input: PartInput<Name>,
): Promise<PartOutput<Name>> =>
  new Promise((resolve, reject) => {
    const child = fork(file, [name, JSON.stringify(input)], {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    });
    let answer: PartAnswer<Name> | null = null;
    child.on('message', (message) => (answer = message as PartAnswer<Name>));
    child.on('exit', (code) => {
      if (answer?.ok) resolve(answer.value);
      else reject(new Error(answer ? answer.message : `the part ${name} ended with code ${String(code)}`));
    });
  });
