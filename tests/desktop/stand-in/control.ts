import { runInThisContext } from 'node:vm';
import { app } from './app.ts';

/** What the test that started the stand-in may ask of it. */
export interface Question {
  readonly id: number;
  /** Source of a function of Electron's parts and one argument, as Playwright's `electronApp.evaluate` takes it. */
  readonly source: string;
  readonly argument: unknown;
}

/** What the stand-in says to it. */
export type Saying =
  | { readonly kind: 'ready'; readonly endpoint: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };

type Asked = (electron: unknown, argument: unknown) => unknown;

const answer = async ({ id, source, argument }: Question, electron: unknown): Promise<Saying> => {
  try {
    const asked = runInThisContext(`(${source})`) as Asked;
    return { kind: 'answer', id, value: await asked(electron, argument) };
  } catch (error) {
    return { kind: 'answer', id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

/** Lets the process that started this one ask about it, and ends with that process however it ends. */
export const obeyParent = (electron: unknown): void => {
  const say = (saying: Saying): void => void process.send?.(saying);
  process.on('message', (question) => void answer(question as Question, electron).then(say));
  void app.whenReady().then(() => say({ kind: 'ready', endpoint: app.endpoint }));
  process.once('disconnect', () => app.exit(1));
  process.once('SIGTERM', () => app.quit());
  process.once('SIGINT', () => app.quit());
  if (process.connected) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) app.exit(1);
  }, 1_000).unref();
};
