import { describe, expect, test } from 'vitest';
import { CommandTurns, type TurnScope } from '#main/core/command-turns.ts';

const ONE = 'reply/01KJPZV280SHS407ARE5KE0BQ8';
const OTHER = 'reply/01KJPZV280N02JQE2BH739PBND';

/** Takes turns whose work ends when it is told to, and writes down which have begun. */
class Bench {
  readonly begun: string[] = [];
  readonly answers: Promise<string>[] = [];
  readonly #turns = new CommandTurns();
  readonly #ends = new Map<string, { resolve: (name: string) => void; reject: (error: Error) => void }>();

  take(name: string, scope: TurnScope): Promise<string> {
    const answer = this.#turns.take(scope, () => {
      this.begun.push(name);
      return new Promise<string>((resolve, reject) => this.#ends.set(name, { resolve, reject }));
    });
    this.answers.push(answer);
    return answer;
  }

  async end(name: string): Promise<void> {
    this.#ends.get(name)?.resolve(name);
    await new Promise((resolve) => setImmediate(resolve));
  }

  async fail(name: string): Promise<void> {
    this.#ends.get(name)?.reject(new Error(name));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the turns of commands', () => {
  test('begin at once where nothing stands in the way, so that they can share a flush', () => {
    const bench = new Bench();
    void bench.take('a', ONE);
    void bench.take('b', OTHER);
    expect(bench.begun).toEqual(['a', 'b']);
  });

  test('on one reply come one after the other', async () => {
    const bench = new Bench();
    void bench.take('a', ONE);
    void bench.take('b', ONE);
    void bench.take('c', OTHER);
    expect(bench.begun).toEqual(['a', 'c']);
    await bench.end('a');
    expect(bench.begun).toEqual(['a', 'c', 'b']);
  });

  test('of the whole desk go with nothing else, and nothing overtakes them', async () => {
    const bench = new Bench();
    void bench.take('a', ONE);
    void bench.take('b', 'desk');
    void bench.take('c', OTHER);
    void bench.take('d', 'desk');
    expect(bench.begun).toEqual(['a']);
    await bench.end('a');
    expect(bench.begun).toEqual(['a', 'b']);
    await bench.end('b');
    expect(bench.begun).toEqual(['a', 'b', 'c']);
    await bench.end('c');
    expect(bench.begun).toEqual(['a', 'b', 'c', 'd']);
  });

  test('end when their work fails, too, and the failure is answered', async () => {
    const bench = new Bench();
    const failing = bench.take('a', 'desk');
    const next = bench.take('b', 'desk');
    const refused = expect(failing).rejects.toThrow('a');
    await bench.fail('a');
    await refused;
    expect(bench.begun).toEqual(['a', 'b']);
    await bench.end('b');
    expect(await next).toBe('b');
  });
});
