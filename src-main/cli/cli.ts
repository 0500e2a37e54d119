import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { homeFolder } from '../workspace/home.ts';
import { harmless, isUsageError } from './output.ts';

const USAGE = `countersign: draft, countersign, publish and prove public replies

  countersign serve [--workspace DIR] [--port N] [--no-open]
      Serves the desk to browsers on this machine.
  countersign demo [--workspace DIR]
      Plays the whole job without a screen, in DIR (new or empty) or a temporary folder.
  countersign verify PATH [--checkpoint FILE] [--key FINGERPRINT] [--rules] [--json]
      Verifies the journal of a workspace or of an export from its files alone.
  countersign checkpoint PATH [--timestamp URL --ca FILE | --verify --ca FILE]
      Prints the newest signed checkpoint, to be kept elsewhere; has it time-stamped, or checks the stamps.
  countersign --help | --version

Exit codes: 0 done, or everything holds; 1 something does not hold, or failed;
2 the command was not understood, or PATH is not a workspace or export.
More in docs/command-line.md.`;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const complain = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** The program's folder, whether it runs from source or built. */
const programFolder = (): string => {
  const here = dirname(fileURLToPath(import.meta.url));
  return join(here, '..', '..');
};

const programVersion = (): string => {
  const { version } = JSON.parse(readFileSync(join(programFolder(), 'package.json'), 'utf8')) as { version: string };
  return version;
};

const parsePort = (text: string | undefined): number | null => {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : null;
  return port !== null && port <= 65_535 ? port : null;
};

const DEFAULT_PORT = 7463;

const runServe = async (parameters: string[]): Promise<number> => {
  const { values } = parseArgs({
    args: parameters,
    options: {
      workspace: { type: 'string' },
      port: { type: 'string' },
      'no-open': { type: 'boolean', default: false },
    },
  });
  const port = parsePort(values.port);
  if (port === null) {
    complain('--port takes a number from 0 to 65535.');
    return 2;
  }
  // Each command loads what it needs: a verification starts no server.
  const [{ serve }, { makeSample }, { default: pino }] = await Promise.all([
    import('../server/serve.ts'),
    import('../sample/make-sample.ts'),
    import('pino'),
  ]);
  await serve({
    home: homeFolder(),
    workspace: values.workspace ?? null,
    port,
    opensBrowser: !values['no-open'],
    rendererFolder: join(programFolder(), 'out', 'renderer'),
    version: programVersion(),
    makeSample,
    logger: pino({ level: process.env.COUNTERSIGN_LOG ?? 'warn' }, pino.destination(2)),
    print,
  });
  return 0;
};

const runDemoCommand = async (parameters: string[]): Promise<number> => {
  const { values } = parseArgs({ args: parameters, options: { workspace: { type: 'string' } } });
  const { runDemo } = await import('../demo/demo.ts');
  const isSound = await runDemo({ print, ...(values.workspace === undefined ? {} : { folder: values.workspace }) });
  return isSound ? 0 : 1;
};

const COMMANDS: Readonly<Record<string, (parameters: string[]) => Promise<number>>> = {
  serve: runServe,
  demo: runDemoCommand,
  verify: async (parameters) => {
    const { runVerify } = await import('./verify-command.ts');
    return runVerify(parameters, { print, complain, terminal: process.stderr.isTTY ? process.stderr : null });
  },
  checkpoint: async (parameters) => {
    const { runCheckpoint } = await import('./checkpoint-command.ts');
    return runCheckpoint(parameters, { print, complain });
  },
};

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h';

/** Runs a command line. @returns the exit code */
export const main = async (parameters: string[]): Promise<number> => {
  const [name, ...rest] = parameters;
  if (name === '--version' || name === '-v') {
    print(programVersion());
    return 0;
  }
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (name === 'help' || isHelp(name) || (command && rest.some(isHelp))) {
    print(USAGE);
    return 0;
  }
  if (!command) {
    complain(name === undefined ? USAGE : `There is no command ${harmless(name)}.\n\n${USAGE}`);
    return 2;
  }
  try {
    return await command(rest);
  } catch (error) {
    if (isUsageError(error)) {
      complain(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    throw error;
  }
};
