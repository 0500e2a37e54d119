import { endQuietlyWithoutReader, isUsageError } from './output.ts';
import { runVerify } from './verify-command.ts';

/** The verifier by itself, as one file that goes into every export: `node countersign-verify.mjs PATH …`. */
const USAGE = `node countersign-verify.mjs PATH [--checkpoint FILE] [--key FINGERPRINT] [--rules] [--json]
    Verifies the journal of a workspace or of an export from its files alone.

Exit codes: 0 everything holds; 1 something does not hold;
2 the command was not understood, or PATH is not a workspace or export.`;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const complain = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const run = async (parameters: string[]): Promise<number> => {
  if (parameters.some((word) => word === '--help' || word === '-h')) {
    print(USAGE);
    return 0;
  }
  try {
    return await runVerify(parameters, { print, complain, terminal: process.stderr.isTTY ? process.stderr : null });
  } catch (error) {
    if (!isUsageError(error)) throw error;
    complain(`${error.message}\n\n${USAGE}`);
    return 2;
  }
};

endQuietlyWithoutReader();
run(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = 1;
    complain(`The verification stopped: ${error instanceof Error ? error.message : String(error)}`);
  },
);
