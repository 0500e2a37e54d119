import { copyFileSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import type { IndexPlace } from '#main/journal/journal-index.ts';
import { Bench } from './bench.ts';
import { HonestDesk } from './honest-desk.ts';
import type { OpenedDesk, OpenOptions } from './open-journal.ts';

const RECORDS = 60;
const PAGE = 4096;

let bench: Bench;
let place: IndexPlace;

const open = (options: OpenOptions = {}): Promise<OpenedDesk> => bench.open({ index: place, ...options });

/** Everything that is found by the index, and what the decision log has. */
const contentOf = ({ journal }: OpenedDesk): object => {
  const log: [number, string][] = [];
  const everything = { from: null, to: null, person: null, role: null, channel: null, reply: null };
  journal.log.scan(0, journal.size, everything, (seq, kind) => log.push([seq, journal.log.kind(kind).type]));
  return Array.from({ length: journal.size }, (_, seq) => {
    const record = journal.read(seq);
    const { subject, command } = record;
    return { record, log: log[seq], places: journal.placesOf(subject), command: journal.recordsOfCommand(command) };
  });
};

const contentWithout = async (): Promise<object> => {
  const desk = await bench.open({ closes: false });
  const content = contentOf(desk);
  desk.journal.close();
  return content;
};

beforeEach(async () => {
  bench = new Bench();
  mkdirSync(join(bench.folder, 'desk'));
  place = { path: join(bench.folder, 'desk', 'index.db'), key: new Uint8Array(32).fill(7) };
  const desk = await open({ closes: false });
  const honest = new HonestDesk(bench.cast, bench.random);
  while (desk.journal.size < RECORDS) await desk.journal.append(bench.command(desk, honest.next()));
  desk.journal.close();
});

describe('whatever has become of a page of the index, a start gives the journal as without it', () => {
  it.each<[string, (path: string, at: number) => void]>([
    ['lost from there on', (path, at) => truncateSync(path, at)],
    ['torn in the middle, and lost', (path, at) => truncateSync(path, at + 1000)],
    ['all zeros', (path, at) => writeFileSync(path, readFileSync(path).fill(0, at, at + PAGE))],
    ['filled with something else', (path, at) => writeFileSync(path, readFileSync(path).fill(0x5a, at, at + PAGE))],
    ['half of it another', (path, at) => writeFileSync(path, readFileSync(path).fill(0x31, at + 2048, at + PAGE))],
  ])(
    '%s',
    async (_what, change) => {
      const expected = await contentWithout();
      const kept = `${place.path}.kept`;
      copyFileSync(place.path, kept);
      const { size } = statSync(kept);
      expect(size).toBeGreaterThan(4 * PAGE);
      for (let at = 0; at < size; at += PAGE) {
        copyFileSync(kept, place.path);
        change(place.path, at);
        const desk = await open({ closes: false });
        expect(desk.journal.readOnly, `page at ${String(at)}`).toBeNull();
        expect(contentOf(desk), `page at ${String(at)}`).toEqual(expected);
        desk.journal.close();
      }
    },
    60_000,
  );
});

const REPLY = "SELECT id FROM subjects WHERE id LIKE 'reply/%' AND seq > 20 ORDER BY seq DESC LIMIT 1";

describe('a row that is not right is noticed', () => {
  const CHANGES: [string, string][] = [
    ['a command taken away', 'DELETE FROM commands WHERE seq = (SELECT MAX(seq) FROM commands)'],
    ['a command moved', 'UPDATE commands SET seq = seq - 1 WHERE seq = (SELECT MAX(seq) FROM commands)'],
    ['a command too many', "INSERT INTO commands VALUES ('01ARZ3NDEKTSV4RRFFQ69G5FAV', 5)"],
    ['a subject taken away', `DELETE FROM subjects WHERE id = (${REPLY})`],
    ['a subject put back', `UPDATE subjects SET seq = seq - 1 WHERE id = (${REPLY})`],
    ['a subject put forward', `UPDATE subjects SET seq = seq + 1 WHERE id = (${REPLY})`],
    ['a subject too many', "INSERT INTO subjects VALUES ('reply/01ARZ3NDEKTSV4RRFFQ69G5FAV', 5)"],
    ['rows of the log of another time', 'UPDATE log SET body = zeroblob(length(body) - 16) || substr(body, -16)'],
  ];

  const alter = (change: string): void => {
    const database = new DatabaseSync(place.path);
    expect(database.prepare(change).run().changes).toBe(1);
    database.close();
  };

  it.each(CHANGES)('at the start of a short journal, which builds the index anew: %s', async (_what, change) => {
    const expected = await contentWithout();
    alter(change);
    const desk = await open();
    expect(desk.journal.readOnly).toBeNull();
    expect(contentOf(desk)).toEqual(expected);
  });

  it.each(CHANGES)('behind the open desk, which then is read-only until the next start: %s', async (_what, change) => {
    const expected = await contentWithout();
    alter(change);
    const desk = await open({ checkedAtStart: 0, closes: false });
    // The rows of a chunk that is still growing are read at the start, which then takes no index.
    if (!change.includes('log')) {
      await expect.poll(() => desk.journal.readOnly?.message, { timeout: 5000 }).toContain('index over the journal');
    }
    desk.journal.close();
    const again = await open({ checkedAtStart: 0 });
    expect(again.journal.readOnly).toBeNull();
    expect(contentOf(again)).toEqual(expected);
  });
});
