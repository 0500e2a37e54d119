import { randomBytes, timingSafeEqual } from 'node:crypto';

const random = (): string => randomBytes(32).toString('base64url');

const isSame = (a: string, b: string): boolean => {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
};

/** More windows than this are not waited for: the oldest address stops working. */
const MOST_WAITING = 20;

/** One-time tokens by which a browser is let in, and the sessions that they become. */
export class LaunchTokens {
  #waiting: string[] = [];
  readonly #sessions = new Set<string>();

  /** A token that opens one session, once. */
  issue(): string {
    const token = random();
    this.#waiting = [...this.#waiting, token].slice(-MOST_WAITING);
    return token;
  }

  /** The session id of a token that was not used before; `null` otherwise. */
  redeem(token: string): string | null {
    const known = this.#waiting.find((candidate) => isSame(candidate, token));
    if (known === undefined) return null;
    this.#waiting = this.#waiting.filter((candidate) => candidate !== known);
    const session = random();
    this.#sessions.add(session);
    return session;
  }

  isSession(id: string | undefined): id is string {
    return id !== undefined && this.#sessions.has(id);
  }
}
