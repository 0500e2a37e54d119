import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Job } from './child.ts';

/** How a child ended. */
export interface End {
  /** The moment at which it was killed; `null` when its work was done before. */
  readonly killed: string | null;
  /** How many times it had answered. */
  readonly answers: number;
  readonly faults: readonly string[];
}

/** A process of its own that does a job and dies. */
export class JobProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #output = '';
  #errors = '';

  /** @param onOutput called whenever it has said something */
  constructor(job: Job, onOutput: (child: JobProcess) => void = () => undefined) {
    this.#child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts'), JSON.stringify(job)], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#output += chunk.toString('utf8');
      onOutput(this);
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString('utf8')));
    this.#ended = once(this.#child, 'close');
  }

  /** Every whole line that it has said. */
  get lines(): string[] {
    return this.#output.split('\n').slice(0, -1);
  }

  get answers(): number {
    return this.lines.filter((line) => line.startsWith('answered')).length;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Lets a job that waits go on. */
  begin(): void {
    this.#child.stdin?.end('go');
  }

  /** Kills it from outside, and returns when it is dead. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Waits until it is dead. @throws Error when it ended in any other way than by SIGKILL */
  async end(): Promise<End> {
    await this.#ended;
    if (this.#child.signalCode !== 'SIGKILL') throw new Error(`the child ended by itself: ${this.#errors}`);
    const lines = this.#output.split('\n');
    const killed = lines.find((line) => line.startsWith('killed '))?.slice('killed '.length);
    const hasEnded = lines.includes('ended');
    return {
      killed: hasEnded ? null : (killed ?? 'by the server'),
      answers: this.answers,
      faults: lines.filter((line) => line.startsWith('fault ')),
    };
  }
}
