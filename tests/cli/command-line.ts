import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const PROGRAM = join(import.meta.dirname, '..', '..', 'src-main', 'cli', 'index.ts');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder for one test, removed when it ends. */
export const folderForTest = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** The `countersign` command as a process of its own. */
export class CommandProcess {
  readonly ended: Promise<Ended>;
  readonly child: ChildProcessWithoutNullStreams;
  #stdout = '';
  #stderr = '';
  #onOutput: () => void = () => undefined;

  constructor(parameters: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [PROGRAM, ...parameters], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',

        DISPLAY: '',
        WAYLAND_DISPLAY: '',
        ...environment,
      },
    });
    this.child.stdout.on('data', (chunk: Buffer) => {
      this.#stdout += chunk.toString('utf8');
      this.#onOutput();
    });
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr += chunk.toString('utf8');
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code, signal) => {
        resolve({ code, signal, stdout: this.#stdout, stderr: this.#stderr });
        this.#onOutput();
      });
    });
  }

  /** What it printed, once that matches. @throws Error when it ends before */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.#stdout);
      if (match) return match;
      if (this.child.exitCode !== null) throw new Error(`it ended: ${this.#stdout}${this.#stderr}`);
      await new Promise<void>((resolve) => {
        this.#onOutput = resolve;
      });
    }
  }
}

/** Runs a command line to its end. */
export const countersign = (
  parameters: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<Ended> => new CommandProcess(parameters, environment).ended;
