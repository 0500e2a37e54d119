import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './ensure-built.ts';
import type { Question, Saying } from './stand-in/control.ts';

const REGISTER = pathToFileURL(join(import.meta.dirname, 'stand-in', 'register.ts')).href;

/** How long its end may take, in milliseconds. */
const PATIENCE = 10_000;

/** The built main process, running in the stand-in. */
export class StandInProcess {
  readonly #child: ChildProcess;
  readonly #answers = new Map<number, (saying: Extract<Saying, { kind: 'answer' }>) => void>();
  readonly #output: string[] = [];
  /** Its exit code; `null` when it was killed. */
  readonly exited: Promise<number | null>;
  readonly #ready: Promise<string>;
  #asked = 0;

  constructor(parameters: readonly string[], environment: NodeJS.ProcessEnv) {
    this.#child = fork(join(ROOT, 'out', 'main', 'index.js'), parameters, {
      execArgv: ['--import', REGISTER],
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.#output.push(chunk.toString()));
    }
    this.exited = once(this.#child, 'exit').then(([code]) => code as number | null);
    this.#ready = new Promise((resolve, reject) => {
      this.#child.on('message', (saying: Saying) => {
        if (saying.kind === 'ready') resolve(saying.endpoint);
        else this.#answers.get(saying.id)?.(saying);
      });
      void this.exited.then((code) => reject(new Error(`the stand-in ended with ${String(code)}:\n${this.output}`)));
    });
    // Whoever starts a second one waits for its end alone.
    this.#ready.catch(() => undefined);
  }

  get output(): string {
    return this.#output.join('');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Where its Chromium can be driven, once it runs. */
  get endpoint(): Promise<string> {
    return this.#ready;
  }

  /** Runs a function in it, as Playwright's `electronApp.evaluate` does. */
  async evaluate(source: string, argument: unknown): Promise<unknown> {
    this.#asked += 1;
    const question: Question = { id: this.#asked, source, argument };
    const { error, value } = await new Promise<Extract<Saying, { kind: 'answer' }>>((resolve, reject) => {
      this.#answers.set(question.id, resolve);
      void this.exited.then(() => reject(new Error(`the stand-in ended:\n${this.output}`)));
      this.#child.send(question);
    });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Ends it and its Chromium, and waits until both are gone; one that does not obey is killed. */
  async end(): Promise<void> {
    const killing = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE);
    if (this.#child.connected) this.#child.disconnect();
    await this.exited;
    clearTimeout(killing);
  }
}
