import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Draft } from '#workflows/contract/reply.contract.ts';
import { deskForTest } from './desk.fixture.ts';
import { refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { HOUR } from './test-clock.ts';
import { filled, LATE_DELIVERY, text } from './wording.ts';

const draftOf = (words: string, change: Partial<Draft> = {}): Draft => ({
  document: text(words),
  template: null,
  language: 'en',
  note: '',
  basedOn: 0,
  ...change,
});

describe('an autosave', () => {
  test('is given back to its author as it was, also after the program was started anew', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    const reply = await desk.flow.captured();
    const draft = draftOf('Half a sent\n\n  ence 👩‍👩‍👧', { note: 'for Cleo', basedOn: 3, language: 'de-AT' });
    const { savedAt } = await agnes.desk.reply.saveDraft({ reply, draft });
    await desk.restart();
    expect(await agnes.desk.reply.getDraft({ reply })).toEqual({ draft, savedAt });
  });

  test('is private to its author, whatever role somebody else has', async () => {
    const desk = await deskForTest();
    const { agnes, ...others } = desk.people;
    const reply = await desk.flow.captured();
    await agnes.desk.reply.saveDraft({ reply, draft: draftOf('My own words') });
    for (const { desk: window } of Object.values(others)) {
      expect(await window.reply.getDraft({ reply })).toEqual({ draft: null, savedAt: null });
    }
  });

  test('is no record, changes nothing for others, and stands encrypted on the disk', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const [before, view] = [desk.size, await desk.flow.view(reply)];
    await desk.people.agnes.desk.reply.saveDraft({ reply, draft: draftOf('Nobody reads this yet') });
    expect(desk.size).toBe(before);
    expect(await desk.flow.view(reply)).toEqual(view);
    const names = readdirSync(join(desk.folder, 'drafts'));
    expect(names).toHaveLength(1);
    expect(readFileSync(join(desk.folder, 'drafts', names[0]!)).includes('Nobody reads')).toBe(false);
  });

  test('of one author leaves the other’s alone', async () => {
    const desk = await deskForTest();
    const { agnes, ben } = desk.people;
    const reply = await desk.flow.captured();
    await agnes.desk.reply.saveDraft({ reply, draft: draftOf('By Agnes') });
    await ben.desk.reply.saveDraft({ reply, draft: draftOf('By Ben') });
    await ben.desk.reply.discardDraft({ reply });
    expect((await agnes.desk.reply.getDraft({ reply })).draft?.document).toEqual(text('By Agnes'));
    expect((await ben.desk.reply.getDraft({ reply })).draft).toBeNull();
  });

  test('is gone once its words are a revision', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    await desk.people.agnes.desk.reply.saveDraft({ reply, draft: draftOf('Done') });
    await desk.flow.write(reply, 'Done');
    expect((await desk.people.agnes.desk.reply.getDraft({ reply })).draft).toBeNull();
  });

  test('survives a change of the passphrase', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    const reply = await desk.flow.captured();
    await agnes.desk.reply.saveDraft({ reply, draft: draftOf('Still here') });
    await agnes.desk.session.changePassphrase({ current: PASSPHRASE, next: 'quite another one' });
    await agnes.desk.session.signOut();
    await agnes.desk.session.signIn({ person: agnes.id, passphrase: 'quite another one' });
    expect((await agnes.desk.reply.getDraft({ reply })).draft?.document).toEqual(text('Still here'));
  });

  test.each(['pat', 'uma', 'ada'] as const)('is not for %s, who writes no replies', async (who) => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const work = desk.people[who].desk.reply.saveDraft({ reply, draft: draftOf('Mine') });
    expect((await refusalOf(work)).code).toBe('FORBIDDEN');
  });
});

describe('saving a revision', () => {
  test('fixes the text under a hash and makes whoever saved it an author', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const saved = await desk.flow.write(reply, 'We are looking into it.');
    expect(saved).toMatchObject({ revision: 1, count: 1, subject: reply });
    await desk.flow.write(reply, 'We looked into it.', { by: desk.people.cleo });
    const view = await desk.flow.view(reply);
    expect(view.revisions.map(({ revision, text: words, by }) => [revision, words, by.name])).toEqual([
      [1, 'We are looking into it.', 'Agnes'],
      [2, 'We looked into it.', 'Cleo'],
    ]);
    expect(view.authors.map(({ name }) => name)).toEqual(['Agnes', 'Cleo']);
    expect(view.revisions[0]?.contentHash).toBe(saved.contentHash);
    expect(view.revisions[1]?.contentHash).not.toBe(saved.contentHash);
  });

  test('gives the same words another hash on another reply, so that no hash betrays a text', async () => {
    const desk = await deskForTest();
    const one = await desk.flow.write(await desk.flow.captured('One'), 'Sorry.');
    const other = await desk.flow.write(await desk.flow.captured('Other', 'ann.example'), 'Sorry.');
    expect(one.contentHash).not.toBe(other.contentHash);
  });

  test('without a change records nothing and voids nothing', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.approved('Approved words.');
    const before = desk.size;
    const { contentHash } = await desk.flow.newest(reply);
    const saved = await desk.flow.write(reply, 'Approved words.', { by: desk.people.cleo });
    expect(saved).toMatchObject({ seq: null, count: 0, revision: 1, contentHash });
    expect(desk.size).toBe(before);
    const view = await desk.flow.view(reply);
    expect(view.state).toBe('approved');
    expect(view.authors.map(({ name }) => name)).toEqual(['Agnes']);
  });

  test('is the same whether the words came in one piece or in many', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.drafted('One two');
    const pieces = {
      lines: [
        [
          { type: 'text' as const, text: 'One ' },
          { type: 'text' as const, text: 'two' },
        ],
      ],
    };
    expect(await desk.flow.write(reply, pieces)).toMatchObject({ count: 0, revision: 1 });
  });

  test('on a text that somebody changed meanwhile is REVISION_STALE and changes nothing', async () => {
    const desk = await deskForTest();
    const { agnes, ben } = desk.people;
    const reply = await desk.flow.drafted('One');
    const revise = (by: typeof agnes, words: string, basedOn: number) =>
      by.desk.reply.revise({
        commandId: desk.command(),
        reply,
        basedOn,
        operation: 'reply',
        document: text(words),
        template: null,
        language: 'en',
      });
    await revise(ben, 'Two, by Ben', 1);
    const before = desk.size;
    expect(await refusalOf(revise(agnes, 'Two, by Agnes', 1))).toMatchObject({
      code: 'REVISION_STALE',
      reason: 'revisionStale',
      values: { newest: 2 },
    });
    expect(await whyRefused(revise(agnes, 'From the future', 7))).toBe('REVISION_STALE revisionStale');
    expect(desk.size).toBe(before);
    expect((await desk.flow.newest(reply)).text).toBe('Two, by Ben');
  });

  test('of a correction where nothing is public is refused', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.drafted();
    for (const operation of ['correct', 'takeDown'] as const) {
      expect(await whyRefused(desk.flow.write(reply, 'Better', { operation }))).toBe(
        'ILLEGAL_TRANSITION nothingPublic',
      );
    }
  });

  test.each(['pat', 'uma', 'ada'] as const)('is not for %s', async (who) => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const work = desk.flow.write(reply, 'Mine', { by: desk.people[who] });
    expect((await refusalOf(work)).code).toBe('FORBIDDEN');
  });
});

describe('the preview', () => {
  test('shows text, length, findings, deviation and route, and keeps nothing', async () => {
    const desk = await deskForTest();
    const { agnes } = desk.people;
    const reply = await desk.flow.captured();
    const template = await desk.flow.approvedTemplate(LATE_DELIVERY);
    const before = desk.size;
    const preview = await agnes.desk.reply.preview({
      reply,
      document: filled(LATE_DELIVERY, { name: 'Sam' }),
      template,
      language: 'en',
    });
    expect(preview).toMatchObject({
      text: 'Sorry about the wait, Sam. It now arrives on .',
      measure: { graphemes: 46, bytes: 46, fits: true },
      findings: [{ check: 'slots', severity: 'block', values: { slot: 'date' } }],
      deviation: { distance: 0 },
      route: { policy: 0, isForecast: true, reviews: [{ review: 'comms' }, { review: 'legal' }] },
    });
    expect(desk.size).toBe(before);
  });

  test('is worked out for the moment: a template that runs out later is still shown', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    const validUntil = new Date(desk.clock.now() + HOUR).toISOString();
    const pin = await desk.flow.approvedTemplate({ ...LATE_DELIVERY, validUntil });
    const { agnes } = desk.people;
    expect((await agnes.desk.template.usable({ reply })).templates.map(({ id }) => id)).toEqual([pin.template]);
    await desk.pass(HOUR);
    expect((await agnes.desk.template.usable({ reply })).templates).toEqual([]);
  });
});
