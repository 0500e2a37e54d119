import { createHash } from 'node:crypto';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { History } from '#main/core/history/history.ts';
import { canonicalBytes } from '#workflows/journal/canonical.ts';
import { makeBusy } from './busy-desk.ts';
import { deskForTest, TestDesk } from './desk.fixture.ts';
import { keepLedger, lastingItems, lookBack, type Seen } from './history-ledger.ts';
import { journalWatched } from './kept-tables.ts';
import { whyRefused } from './refusal.ts';
import { HOUR } from './test-clock.ts';
import { policyWith } from './wording.ts';

describe('the desk as of a record', () => {
  let desk: TestDesk;
  let ledger: Seen[];

  beforeAll(async () => {
    desk = await TestDesk.create();
    const { agnes, cleo, leo } = desk.people;
    ledger = keepLedger(desk, [agnes, leo]);
    await makeBusy(desk);
    await desk.pass(7 * HOUR);
    await desk.flow.approvedPolicy(policyWith({ name: 'Later rules', atRiskMinutes: 300 }));
    const reply = await desk.flow.inReview('The first words.');
    await cleo.desk.reply.requestChanges({ ...(await desk.flow.decision(reply, 'comms')), reason: 'Say when.' });
    await desk.flow.write(reply, 'The second words.');
    await desk.pass(48 * HOUR);
    await desk.flow.submit(reply);
    const { people } = await desk.people.ada.desk.people.list();
    const version = people.find(({ id }) => id === cleo.id)?.version ?? 0;
    await desk.people.ada.desk.people.changeRoles({
      commandId: desk.command(),
      person: cleo.id,
      version,
      roles: ['comms', 'publisher'],
    });
    await desk.flow.pause();
  });

  afterAll(() => desk.dispose());

  test('shows every reply, queue and policy as it was seen then, wherever one looks from', async () => {
    expect(ledger.length).toBeGreaterThan(100);
    // Forwards, then from the end back, so that tables are both taken further and begun anew.
    const places = [
      ...ledger.filter((_, index) => index % 3 === 0),
      ...ledger.filter((_, index) => index % 17 === 0).reverse(),
    ];
    for (const seen of places) {
      const past = await lookBack(seen);
      expect(past.policy).toEqual(seen.policy);
      expect(past.replies).toEqual(seen.replies);
      for (const [queue, then] of seen.queues) {
        const { total, items } = past.queues.get(queue) as { total: number; items: Parameters<typeof lastingItems>[0] };
        expect({ total, items: lastingItems(items) }).toEqual(then);
      }
    }
  }, 60_000);

  test('counts every queue as it lists it, and gives the time of the record', async () => {
    const seen = ledger[Math.floor(ledger.length / 2)]!;
    const { counts, at } = await seen.who.desk.history.queue({ asOf: seen.asOf, queue: 'open' });
    for (const { queue, count } of counts) expect(seen.queues.get(queue)).toMatchObject({ total: count });
    expect(at).toBe(desk.records()[seen.asOf]?.at);
  });

  test('is the same after a restart without snapshots, from the journal alone', async () => {
    const seen = ledger.at(-5)!;
    const before = await lookBack(seen);
    await desk.restart();
    expect(await lookBack(seen)).toEqual(before);
  });

  test('is told to an auditor, who can read everything', async () => {
    const { reply } = await desk.people.uma.desk.history.reply({
      asOf: desk.size - 1,
      reply: [...ledger.at(-1)!.replies.keys()][0]!,
    });
    expect(reply.acts).toEqual([]);
  });

  test('refuses a record that is not there, and a reply that was not there yet', async () => {
    const { uma } = desk.people;
    const reply = [...ledger.at(-1)!.replies.keys()].at(-1)!;
    expect(await whyRefused(uma.desk.history.policy({ asOf: desk.size }))).toBe('NOT_FOUND recordNotFound');
    expect(await whyRefused(uma.desk.history.reply({ asOf: 0, reply }))).toBe('NOT_FOUND replyNotYet');
    const nobody = 'reply/01ARZ3NDEKTSV4RRFFQ69G5FAV' as const;
    expect(await whyRefused(uma.desk.history.reply({ asOf: 3, reply: nobody }))).toBe('NOT_FOUND replyNotFound');
  });
});

test('every version of a text that ever was is there byte for byte, with the fingerprint that was signed', async () => {
  const desk = await deskForTest();
  const texts = ['Sorry.', 'We are sorry, Sam 👋🏽.', 'Es tut uns leid.\n\nIhr Team', 'مرحبا'];
  const reply = await desk.flow.captured();
  for (const words of texts) await desk.flow.write(reply, words);
  const { versions } = await desk.people.uma.desk.history.versions({ asOf: desk.size - 1, reply });
  expect(versions.map(({ content }) => content?.text)).toEqual(texts);
  for (const { seq, revision, contentHash, content } of versions) {
    const record = desk.records()[seq];
    expect(record).toMatchObject({ type: 'reply.revised', data: { revision, contentHash } });
    const { source, isValid } = content!;
    expect(isValid).toBe(true);
    expect(createHash('sha256').update(source, 'utf8').digest('hex')).toBe(contentHash);
    expect(Buffer.from(canonicalBytes(JSON.parse(source))).toString('utf8')).toBe(source);
  }
  const second = versions[1]!.seq;
  const { versions: then } = await desk.people.uma.desk.history.versions({ asOf: second, reply });
  expect(then).toEqual(versions.slice(0, 2));
});

test('looking back never holds up the others: between slices everybody has a turn', async () => {
  const desk = await deskForTest();
  for (let count = 0; count < 12; count += 1) await desk.flow.drafted();
  const { journal, seals, channels, texts } = desk.host.desk;
  let now = 0;
  let reads = 0;
  const slow = journalWatched(journal, () => {
    reads += 1;
    now += 4;
  });
  const history = new History({
    desk: { journal: slow, seals, channels, texts },
    monotonic: () => now,
  });
  const turns: number[] = [];
  let isOver = false;
  const watch = (): void => {
    turns.push(reads);
    if (!isOver) setImmediate(watch);
  };
  setImmediate(watch);
  await history.at(journal.size - 1, () => null);
  isOver = true;
  const between = turns.slice(1).map((count, index) => count - turns[index]!);
  expect(Math.max(...between) * 4).toBeLessThan(50);
  expect(turns.length).toBeGreaterThan(journal.size / 8);
});

test('whoever gives up while it is worked out does not hold up the next', async () => {
  const desk = await deskForTest();
  for (let count = 0; count < 6; count += 1) await desk.flow.drafted();
  const { journal, seals, channels, texts } = desk.host.desk;
  let now = 0;
  const options = { desk: { journal, seals, channels, texts }, monotonic: () => (now += 10) };
  const history = new History(options);
  const stop = new AbortController();
  const given = history.at(journal.size - 1, () => 'seen', stop.signal);
  const next = history.at(journal.size - 1, (past) => past.tables.replies.size);
  stop.abort();
  await expect(given).rejects.toThrow(/aborted/);
  expect(await next).toBe(6);
});
