import { spawn } from 'node:child_process';
import { join } from 'node:path';
import pino from 'pino';
import { DeskHost } from '#main/core/desk-host.ts';
import { systemClock } from '#main/core/clock.ts';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { makeSample } from '#main/sample/make-sample.ts';
import { diskStorage } from '#main/storage/storage.ts';

/** Makes the sample workspace in a home, which opens it at the next start. */
export const prepareSample = async (home: string): Promise<void> => {
  const host = new DeskHost({
    home,
    machine: fileMachineSecret(join(home, 'machine.key'), diskStorage),
    logger: pino({ level: 'silent' }),
    clock: systemClock,
    cost: PRACTICE_COST,
  });
  await host.openSample(false, makeSample);
  await host.shutDown();
};

/** Starts a Node program and waits for what it must print. @returns milliseconds until then */
const untilPrinted = (parameters: readonly string[], wanted: string, environment: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, parameters, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let took: number | null = null;
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (took !== null || !output.includes(wanted)) return;
      took = performance.now() - start;
      child.kill('SIGTERM');
    });
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.on('exit', () => {
      if (took === null) reject(new Error(`the program ended without having printed “${wanted}”: ${output}`));
      else resolve(took);
    });
  });

/** The built program with the sample workspace, until its page can be opened. */
export const startWithSample = (cli: string, home: string): Promise<number> =>
  untilPrinted([cli, 'serve', '--no-open', '--port', '0'], 'http://', { COUNTERSIGN_HOME: home });

/** A Node program that does nothing else but say that it runs. */
export const startOfNode = (): Promise<number> => untilPrinted(['-e', "console.log('runs')"], 'runs', {});
