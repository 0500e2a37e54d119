import type { VerifyProgress } from '../journal/verify-workspace.ts';

/** Where a line is written and overwritten; only a terminal is one. */
export interface Terminal {
  write(text: string): unknown;
}

/** Often enough to see it move, seldom enough to cost nothing. */
const MILLISECONDS_BETWEEN = 100;

const CLEAR_LINE = '\r\u001B[K';

/** One line on a terminal that says how far a verification is, and goes when it is over. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  #shownAt = Number.NEGATIVE_INFINITY;
  #isShown = false;

  /** @param now milliseconds of a clock that never jumps */
  constructor(terminal: Terminal, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
  }

  show({ records, problems, bytes, totalBytes }: VerifyProgress): void {
    const now = this.#now();
    if (now - this.#shownAt < MILLISECONDS_BETWEEN) return;
    this.#shownAt = now;
    this.#isShown = true;
    const percent = totalBytes === 0 ? 100 : Math.min(100, Math.floor((bytes / totalBytes) * 100));
    const found = problems === 0 ? '' : `, ${String(problems)} ${problems === 1 ? 'problem' : 'problems'}`;
    this.#terminal.write(`${CLEAR_LINE}Verifying: ${String(percent)} %, ${String(records)} records${found}`);
  }

  clear(): void {
    if (this.#isShown) this.#terminal.write(CLEAR_LINE);
    this.#isShown = false;
  }
}
