import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LogFilter } from '#workflows/contract/journal.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { RECORD_SCHEMAS } from '#workflows/records.ts';
import { WORDS } from '#workflows/words/words.ts';
import { TestDesk } from './desk.fixture.ts';
import { proofIn } from './independent-proof.ts';
import { whyRefused } from './refusal.ts';

let desk: TestDesk;
let reply: ReplyId;

beforeAll(async () => {
  desk = await TestDesk.create();
  reply = await desk.flow.published('On Thursday.');
  await desk.flow.captured('Another question.', 'other.example');
});

afterAll(() => desk.dispose());

const EVERYTHING = { view: 'everything', from: null, to: null, person: null, role: null, channel: null } as const;

const find = (filter: Partial<LogFilter>, page?: { offset: number; limit: number }) =>
  desk.people.uma.desk.journal.log({ filter: { ...EVERYTHING, ...filter }, ...(page ? { page } : {}) });

const typesOf = async (filter: Partial<LogFilter>): Promise<string[]> =>
  (await find(filter)).rows.map((row) => row.type);

describe('the decision log', () => {
  test('gives every record once, newest first, whatever the pages', async () => {
    const { total } = await find({}, { offset: 0, limit: 1 });
    expect(total).toBe(desk.size);
    const seqs: number[] = [];
    for (let offset = 0; offset < total; offset += 7) {
      seqs.push(...(await find({}, { offset, limit: 7 })).rows.map(({ seq }) => seq));
    }
    expect(seqs).toEqual(Array.from({ length: total }, (_, index) => total - 1 - index));
    expect((await find({}, { offset: total, limit: 7 })).rows).toEqual([]);
  });

  test('finds what belongs to one reply, its publications included', async () => {
    const { rows } = await find({ reply });
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.map(({ type }) => type)).toContain('publication.succeeded');
    expect(new Set(rows.map(({ on }) => on.name))).toEqual(new Set(['sam.example']));
  });

  test('names the types in a view, and narrows to one without losing the others from the choice', async () => {
    const all = await find({ view: 'decisions' });
    expect(all.types.map(({ type }) => type)).toContain('reply.approved');
    const approved = await find({ view: 'decisions', type: 'reply.approved' });
    expect(new Set(approved.rows.map(({ type }) => type))).toEqual(new Set(['reply.approved']));
    expect(approved.types).toEqual(all.types);
    expect(approved.total).toBe(all.types.find(({ type }) => type === 'reply.approved')?.count);
  });

  test.each(['12', '  12 '])('finds a record by its number, written %j', async (text) => {
    expect((await find({ text })).rows.map(({ seq }) => seq)).toContain(12);
  });

  test('finds what was decided on a text by the beginning of its fingerprint, as it is shown', async () => {
    const [approval] = (await find({ type: 'reply.approved', reply })).rows;
    const hash = approval!.contentHash!;
    const found = await find({ text: `${hash.slice(0, 4)} ${hash.slice(4, 8)}` });
    expect(new Set(found.rows.map(({ contentHash }) => contentHash))).toEqual(new Set([hash]));
    expect(found.rows.map(({ seq }) => seq)).toContain(approval!.seq);
  });

  test('finds by words of the sentence and by the handle of the customer, all of them', async () => {
    expect(new Set((await find({ text: '@OTHER.example' })).rows.map(({ on }) => on.name))).toEqual(
      new Set(['other.example']),
    );
    expect(await typesOf({ text: 'cleo approved sam.example' })).toEqual(['reply.approved']);
    expect(await typesOf({ text: 'cleo approved other.example' })).toEqual([]);
  });

  test('counts each view under the filter, the text included', async () => {
    const { counts, total } = await find({ view: 'approvals', text: 'sam.example' });
    expect(counts.approvals).toBe(total);
    expect(counts.everything).toBe((await find({ text: 'sam.example' })).total);
  });
});

describe('one record', () => {
  test('names the record that it follows on its subject, by its hash', async () => {
    const { rows } = await find({ reply });
    const { uma } = desk.people;
    for (const { seq } of rows) {
      const { chain, subject } = await uma.desk.journal.record({ seq });
      expect(chain.isValid).toBe(true);
      const before = desk.records().filter((record) => record.subject === subject && record.seq < seq);
      expect(chain.previous).toBe(before.at(-1)?.seq ?? null);
    }
  });

  test('that is a revision shows the bytes that its fingerprint is made of', async () => {
    const [row] = (await find({ reply, type: 'reply.revised' })).rows;
    const { content, contentHash } = await desk.people.uma.desk.journal.record({ seq: row!.seq });
    expect(content).toMatchObject({ text: 'On Thursday.', isValid: true });
    expect(createHash('sha256').update(content!.source, 'utf8').digest('hex')).toBe(contentHash);
  });

  test('is exported with its very bytes, and that is recorded with the hash of the page', async () => {
    const seq = (await find({ reply, type: 'reply.approved' })).rows[0]!.seq;
    const { uma } = desk.people;
    const { source } = await uma.desk.journal.record({ seq });
    const page = await uma.desk.journal.exportRecord({ commandId: desk.command(), seq, timeZone: 'UTC' });
    expect(proofIn(page.html).records.map(({ record }) => record)).toEqual([source]);
    expect(createHash('sha256').update(page.html, 'utf8').digest('hex')).toBe(page.hash);
    expect(desk.records().at(-1)).toMatchObject({
      type: 'audit.exported',
      actor: { person: uma.id, role: 'auditor' },
      data: { what: 'proof', reply, hash: page.hash },
    });
  });

  test('that is not there yet cannot be exported', async () => {
    const size = desk.size;
    const exporting = desk.people.uma.desk.journal.exportRecord({
      commandId: desk.command(),
      seq: size,
      timeZone: 'UTC',
    });
    expect(await whyRefused(exporting)).toBe('NOT_FOUND recordNotFound');
    expect(desk.size).toBe(size);
  });
});

describe('a verification', () => {
  test('that is stopped ends at once and is not recorded', async () => {
    const stop = new AbortController();
    const before = desk.size;
    const events = await desk.people.uma.desk.journal.verify({ commandId: desk.command() }, { signal: stop.signal });
    const reading = (async () => {
      for await (const event of events) if (event.kind === 'done') return 'done';
      return 'ended';
    })();
    stop.abort();
    expect(await reading.catch(() => 'stopped')).not.toBe('done');
    await desk.host.desk.journal.settled();
    expect(desk.size).toBe(before);
  });
});

test('every type of record has its words in the log', () => {
  const missing = Object.keys(RECORD_SCHEMAS).filter((type) => !Object.hasOwn(WORDS, `log.act.${type}`));
  expect(missing).toEqual([]);
});
