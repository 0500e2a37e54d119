import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../desktop/ensure-built.ts';

/** The built program's command line. */
const CLI = join(ROOT, 'out', 'main', 'cli.js');

interface Announced {
  readonly port: number;
  readonly secret: string;
}

/** Runs the built command line to its end. */
export const runCli = async (parameters: readonly string[]): Promise<{ code: number | null; output: string }> => {
  const child = spawn(process.execPath, [CLI, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => output.push(data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output.join('') };
};

export interface ProcessOptions {
  readonly port?: number;
  readonly clockAhead?: number;
}

/** What makes a process tell another time than the computer. */
const otherClock = (ahead: number): string[] => {
  if (ahead === 0) return [];
  const code = `const now = Date.now; Date.now = () => now() + ${String(ahead)};`;
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
};

/** `countersign serve` of the built program, in a process of its own. */
export class DeskProcess {
  readonly home: string;
  readonly #child: ChildProcess;
  readonly #output: string[] = [];
  readonly #lines: string[] = [];
  readonly #ready: Promise<void>;
  readonly #exited: Promise<void>;

  /**
   * @param port 0 takes any free one
   * @param clockAhead milliseconds by which this process's clock stands before everybody else's
   */
  constructor(home: string, { port = 0, clockAhead = 0 }: ProcessOptions = {}) {
    this.home = home;
    this.#child = spawn(
      process.execPath,
      [...otherClock(clockAhead), CLI, 'serve', '--no-open', '--port', String(port)],
      {
        env: { ...process.env, NODE_OPTIONS: '', COUNTERSIGN_HOME: home },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#child.stderr?.on('data', (data: Buffer) => this.#output.push(data.toString()));
    this.#exited = once(this.#child, 'exit').then(() => undefined);
    this.#ready = new Promise((resolve, reject) => {
      if (!this.#child.stdout) return;
      createInterface({ input: this.#child.stdout }).on('line', (line) => {
        this.#lines.push(line);
        if (line.startsWith('Stop with')) resolve();
      });
      void this.#exited.then(() => reject(new Error(`the desk did not start:\n${this.complaints}`)));
    });
    this.#ready.catch(() => undefined);
  }

  /** What it wrote to its log: its own faults, at the level that it starts with. */
  get complaints(): string {
    return this.#output.join('');
  }

  /** What it told whoever started it. */
  get output(): string {
    return this.#lines.join('\n');
  }

  #announced(): Announced {
    const path = join(this.home, 'running', `${String(this.#child.pid)}.json`);
    return JSON.parse(readFileSync(path, 'utf8')) as Announced;
  }

  async port(): Promise<number> {
    await this.#ready;
    return this.#announced().port;
  }

  /** An address that lets one browser in, once; asked for as a second start of the program asks. */
  async address(): Promise<string> {
    await this.#ready;
    const { port, secret } = this.#announced();
    const response = await fetch(`http://127.0.0.1:${String(port)}/control/launch`, {
      method: 'POST',
      headers: { 'x-countersign-control': secret },
    });
    const { address } = (await response.json()) as { address: string };
    return address;
  }

  /** Ends it without warning, as a crash does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }

  /** Ends it as Ctrl+C does. */
  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGTERM');
    await this.#exited;
  }
}
