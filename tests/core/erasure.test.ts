import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ulidOf } from '#workflows/identifiers.ts';
import { deskForTest } from './desk.fixture.ts';
import { confirm, customerOf, decline, dismissed, erase, erasureView, propose, publishedTo } from './erasure-flow.ts';
import { refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { text } from './wording.ts';

describe('erasing a customer', () => {
  test('is proposed by an admin, confirmed by legal, and recorded by the program in the same command', async () => {
    const desk = await deskForTest();
    const { customer } = await publishedTo(desk);
    const before = desk.size;
    await propose(desk, customer);
    expect(await erasureView(desk, customer)).toMatchObject({
      state: 'proposed',
      proposal: { by: { name: 'Ada' }, ground: 'requested', reason: 'A letter of 3 November.' },
      obstacles: [],
    });
    const { commandId, count } = await confirm(desk, customer);
    const written = desk.records().slice(before);
    expect(written.map(({ type }) => type)).toEqual(['erasure.proposed', 'erasure.confirmed', 'subject.erased']);
    expect(written.slice(1).map(({ command, subject, actor }) => ({ command, subject, actor }))).toEqual([
      { command: commandId, subject: customer, actor: { person: desk.people.leo.id, role: 'legal' } },
      { command: commandId, subject: customer, actor: { system: 'erasure' } },
    ]);
    expect(count).toBe(2);
    expect(await erasureView(desk, customer)).toMatchObject({
      state: 'erased',
      handle: null,
      proposal: { ground: 'requested', reason: null },
      erased: { by: { name: 'Leo' }, isComplete: true },
    });
  });

  test('leaves nothing to read of them, and the replies show who was erased and when', async () => {
    const desk = await deskForTest();
    const { reply, customer } = await publishedTo(desk, 'Dear Sam, we are sorry.');
    await erase(desk, customer);
    const view = await desk.flow.view(reply);
    expect(view).toMatchObject({
      post: null,
      thread: [],
      pictures: [],
      erasure: { state: 'erased', by: { name: 'Leo' } },
    });
    expect(view.revisions.map((revision) => revision.text)).toEqual(['']);
    expect(view.acts.map(({ act }) => act)).toEqual(['close']);
    const { items } = await desk.people.agnes.desk.reply.list({ queue: 'open' });
    expect(items.find(({ id }) => id === reply)).toMatchObject({ handle: null, excerpt: '' });
    const filter = { view: 'everything', from: null, to: null, person: null, role: null, channel: null } as const;
    const found = await desk.people.uma.desk.journal.log({ filter: { ...filter, text: 'sam.example' } });
    expect(found.total).toBe(0);
    expect(await desk.flow.ours()).toEqual([]);
  });

  test('takes the key, its copies, the name to find them by, and every author’s draft', async () => {
    const desk = await deskForTest();
    const { people, folder, flow } = desk;
    const reply = await flow.captured();
    const customer = await customerOf(desk, reply);
    for (const by of [people.agnes, people.ben]) {
      const draft = { document: text('Dear Sam'), template: null, language: 'en', note: '', basedOn: 0 };
      await by.desk.reply.saveDraft({ reply, draft });
    }
    expect(readdirSync(join(folder, 'drafts'))).toHaveLength(2);
    await dismissed(desk, reply);
    await erase(desk, customer);
    expect(readdirSync(join(folder, 'drafts'))).toEqual([]);
    expect(existsSync(join(folder, 'keys', 'customers', `${ulidOf(customer)}.json`))).toBe(false);
    expect(readdirSync(join(folder, 'keys', 'customers'))).toEqual([]);
    expect(readdirSync(join(folder, 'keys', 'identities'))).toEqual([]);
  });

  test('leaves other customers as they are, and who comes back begins anew', async () => {
    const desk = await deskForTest();
    const { customer } = await publishedTo(desk);
    const other = await desk.flow.captured('I like it.', 'ann.example');
    await erase(desk, customer);
    expect((await desk.flow.view(other)).post).toMatchObject({ handle: 'ann.example', text: 'I like it.' });
    const again = await desk.flow.captured('It is me again.');
    expect(await customerOf(desk, again)).not.toBe(customer);
    expect((await desk.flow.view(again)).post).toMatchObject({ text: 'It is me again.' });
  });

  test('holds after a restart, with and without the snapshot', async () => {
    const desk = await deskForTest();
    const { reply, customer } = await publishedTo(desk);
    await erase(desk, customer);
    await desk.restart();
    expect((await desk.flow.view(reply)).erasure?.state).toBe('erased');
    await desk.restart(() => {
      for (const name of readdirSync(join(desk.folder, 'desk'))) rmSync(join(desk.folder, 'desk', name));
    });
    expect((await desk.flow.view(reply)).erasure?.state).toBe('erased');
  });

  test('is declined by legal with a reason, which the admin reads, and may be proposed again', async () => {
    const desk = await deskForTest();
    const { reply, customer } = await publishedTo(desk);
    await propose(desk, customer);
    await decline(desk, customer);
    expect(await erasureView(desk, customer)).toMatchObject({
      state: 'kept',
      handle: 'sam.example',
      proposal: null,
      declined: { by: { name: 'Leo' }, reason: 'A claim may follow.' },
    });
    expect((await desk.flow.view(reply)).post?.handle).toBe('sam.example');
    await erase(desk, customer);
    expect((await desk.flow.view(reply)).post).toBeNull();
  });

  test('is shown to those of legal who can confirm it, and to nobody else', async () => {
    const desk = await deskForTest();
    const { ada, leo, kay, cleo } = desk.people;
    const { customer } = await publishedTo(desk);
    await propose(desk, customer);
    const shown = await Promise.all(
      [ada, leo, kay, cleo].map(async (who) => (await who.desk.desk.overview()).erasuresToDecide),
    );
    expect(shown).toEqual([[], [customer], [customer], []]);
    await confirm(desk, customer, kay);
    expect((await leo.desk.desk.overview()).erasuresToDecide).toEqual([]);
  });
});

describe('erasing is refused', () => {
  test('under a legal hold, which names who placed it and who can lift it', async () => {
    const desk = await deskForTest();
    const { reply, customer } = await publishedTo(desk);
    await propose(desk, customer);
    const hold = { reason: 'A claim was filed.', passphrase: PASSPHRASE };
    await desk.people.lena.desk.reply.placeHold({ ...(await desk.flow.target(reply)), ...hold });
    const { code, reason, values, message } = await refusalOf(confirm(desk, customer));
    expect([code, reason]).toEqual(['ILLEGAL_TRANSITION', 'erasureHeld']);
    expect(values).toMatchObject({ by: 'Lena', who: ['Kay', 'Lena', 'Leo'] });
    expect(message).toContain('Lena');
    expect((await erasureView(desk, customer)).obstacles.map((obstacle) => obstacle.reason)).toEqual(['erasureHeld']);
    await desk.people.leo.desk.reply.liftHold({ ...(await desk.flow.target(reply)), passphrase: PASSPHRASE });
    await confirm(desk, customer);
    expect((await erasureView(desk, customer)).state).toBe('erased');
  });

  test('while a reply is open, scheduled or on its way, and says how many are', async () => {
    const desk = await deskForTest();
    const { customer } = await publishedTo(desk);
    const open = await desk.flow.captured('And another thing.');
    const refused = await refusalOf(propose(desk, customer));
    expect([refused.reason, refused.values]).toEqual(['erasureOpenReplies', { count: 1 }]);
    await dismissed(desk, open);
    await propose(desk, customer);
    const released = await desk.flow.released();
    expect(await whyRefused(confirm(desk, customer))).toBe('ILLEGAL_TRANSITION erasureOpenReplies');
    await desk.settle();
    expect(await desk.flow.state(released)).toBe('published');
    await confirm(desk, customer);
  });

  test('to whoever proposed it, though they are legal too', async () => {
    const desk = await deskForTest();
    const { ada, abe, leo } = desk.people;
    const { people } = await abe.desk.people.list();
    const version = people.find(({ id }) => id === ada.id)?.version ?? 0;
    const both = {
      commandId: desk.command(),
      person: ada.id,
      version,
      roles: ['admin', 'legal'] as ('admin' | 'legal')[],
    };
    await abe.desk.people.changeRoles(both);
    const { customer } = await publishedTo(desk);
    await propose(desk, customer);
    const { code, reason, values } = await refusalOf(confirm(desk, customer, ada));
    expect([code, reason, values.who]).toEqual(['FORBIDDEN', 'erasureNeedsAnother', ['Kay', 'Lena', 'Leo']]);
    expect((await ada.desk.desk.overview()).erasuresToDecide).toEqual([]);
    await confirm(desk, customer, leo);
  });

  test.each(['agnes', 'cleo', 'leo', 'pat', 'uma'] as const)('to %s, who is no admin, as a proposal', async (who) => {
    const desk = await deskForTest();
    const { customer } = await publishedTo(desk);
    expect((await refusalOf(propose(desk, customer, { by: desk.people[who] }))).code).toBe('FORBIDDEN');
  });

  test.each(['agnes', 'cleo', 'abe', 'pat', 'uma'] as const)('to %s, who is not legal, as a decision', async (who) => {
    const desk = await deskForTest();
    const { customer } = await publishedTo(desk);
    await propose(desk, customer);
    expect((await refusalOf(confirm(desk, customer, desk.people[who]))).code).toBe('FORBIDDEN');
    expect((await refusalOf(decline(desk, customer, desk.people[who]))).code).toBe('FORBIDDEN');
  });

  test('without a proposal, twice, and on an older view', async () => {
    const desk = await deskForTest();
    const { leo, ada } = desk.people;
    const { customer } = await publishedTo(desk);
    expect(await whyRefused(confirm(desk, customer))).toBe('ILLEGAL_TRANSITION erasureNotProposed');
    await propose(desk, customer);
    expect(await whyRefused(propose(desk, customer))).toBe('ILLEGAL_TRANSITION erasureProposed');
    const stale = { commandId: desk.command(), customer, version: 0, passphrase: PASSPHRASE };
    expect(await whyRefused(leo.desk.erasure.confirm(stale))).toBe('VERSION_CONFLICT changedElsewhere');
    await confirm(desk, customer);
    expect(await whyRefused(confirm(desk, customer))).toBe('NOT_FOUND customerErased');
    const unknown = { commandId: desk.command(), customer: `customer/${desk.command()}` as const, version: 0 };
    expect(await whyRefused(ada.desk.erasure.propose({ ...unknown, ground: 'requested', reason: 'No.' }))).toBe(
      'NOT_FOUND customerNotFound',
    );
  });

  test('without the passphrase', async () => {
    const desk = await deskForTest();
    const { customer } = await publishedTo(desk);
    await propose(desk, customer);
    const bare = { commandId: desk.command(), customer, version: 1 };
    expect(await whyRefused(desk.people.leo.desk.erasure.confirm(bare))).toBe('UNAUTHENTICATED passphraseNeeded');
    expect((await erasureView(desk, customer)).state).toBe('proposed');
  });
});

describe('after an erasure', () => {
  test('nothing is written, drafted, held or reopened for the customer', async () => {
    const desk = await deskForTest();
    const { agnes, leo } = desk.people;
    const { reply, customer } = await publishedTo(desk);
    await erase(desk, customer);
    const draft = { document: text('Dear Sam'), template: null, language: 'en', note: '', basedOn: 1 };
    const target = await desk.flow.target(reply);
    const again = () => ({ ...target, commandId: desk.command() });
    const triage = { outcome: 'triage', reason: '', until: null, into: null } as const;
    const refused = await Promise.all([
      whyRefused(desk.flow.write(reply, 'Dear Sam')),
      whyRefused(agnes.desk.reply.saveDraft({ reply, draft })),
      whyRefused(leo.desk.reply.placeHold({ ...again(), reason: 'Late.', passphrase: PASSPHRASE })),
      whyRefused(agnes.desk.reply.triage({ ...again(), ...triage })),
    ]);
    expect(refused).toEqual(Array.from({ length: 4 }, () => 'NOT_FOUND customerErased'));
    await agnes.desk.reply.close(again());
    expect(await desk.flow.state(reply)).toBe('closed');
  });

  test('a story that was exported before is not given out again', async () => {
    const desk = await deskForTest();
    const { uma } = desk.people;
    const { reply, customer } = await publishedTo(desk, 'Dear Sam, we are sorry.');
    const command = { commandId: desk.command(), reply, timeZone: 'UTC' };
    expect((await uma.desk.journal.exportStory(command)).html).toContain('Dear Sam');
    await erase(desk, customer);
    expect(await whyRefused(uma.desk.journal.exportStory(command))).toBe('INVALID_INPUT exportedBefore');
    const fresh = await uma.desk.journal.exportStory({ ...command, commandId: desk.command() });
    expect(fresh.html).not.toMatch(/Dear Sam|sam\.example/);
    expect(fresh.fileName).toMatch(/^story-erased-/);
  });
});
