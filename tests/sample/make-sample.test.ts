import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { StateValue } from 'xstate';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { replyMachine } from '#workflows/reply/reply.machine.ts';
import { isIn } from '#workflows/step.ts';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { PreferencesStore } from '#main/preferences/preferences-store.ts';
import { Calendar } from '#main/sample/calendar.ts';
import { makeSample } from '#main/sample/make-sample.ts';
import { scenesOf } from '#main/sample/scenes/index.ts';
import { diskStorage, type Storage } from '#main/storage/storage.ts';
import { SampleDesk } from './sample-desk.ts';
import { verifyWithRules } from '../journal/verify-with-rules.ts';

const MAKING = 120_000;
const MINUTE = 60_000;

/** States of the main region that are left in the step that enters them, or that only a faulty network makes last. */
const NEVER_AT_REST = ['returned', 'refused', 'sent', 'publishing'];

const minutesUntil = (now: number, time: string): number => (Date.parse(time) - now) / MINUTE;

const isOwed = ({ state }: ReplyView): boolean =>
  ['triage', 'drafting', 'inReview', 'approved', 'scheduled', 'rejected'].includes(state);

const countOf = <Value>(values: readonly Value[], wanted: (value: Value) => boolean): number =>
  values.filter(wanted).length;

describe.each([
  ['at night', new Date(2026, 10, 24, 3, 7, 31, 250).getTime()],
  ['on a Monday morning', new Date(2026, 8, 28, 9, 12, 4, 900).getTime()],
  ['late on a Saturday', new Date(2026, 4, 30, 22, 40, 55, 10).getTime()],
])('the sample, made %s', (_when, now) => {
  let sample: SampleDesk;
  let views: ReplyView[];
  const scenes = scenesOf(new Calendar(now));

  beforeAll(async () => {
    sample = await SampleDesk.open(now);
    views = await sample.views();
  }, MAKING);

  afterAll(() => sample.dispose());

  const viewsOf = (handle: string): ReplyView[] => views.filter(({ post }) => post?.handle === handle);

  test('has forty replies, each where its scene leaves it', () => {
    expect(views).toHaveLength(40);
    const wrong = scenes.filter(
      ({ handle, post, ends }) =>
        !viewsOf(handle).some((view) => view.post?.text === post && isIn(view.value as StateValue, `work.${ends}`)),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('has a reply in every state in which one can rest', () => {
    const states = Object.keys(replyMachine.states.work?.states ?? {});
    const wanted = states.filter((state) => !NEVER_AT_REST.includes(state));
    expect([...new Set(views.map(({ state }) => state))].sort()).toEqual(wanted.sort());
    for (const inner of ['verified', 'drifted', 'gone']) {
      expect(countOf(views, ({ value }) => isIn(value as StateValue, `work.published.${inner}`))).toBeGreaterThan(0);
    }
    for (const level of ['onTime', 'atRisk', 'breached', 'met'] as const) {
      expect(countOf(views, ({ serviceLevel }) => serviceLevel === level)).toBeGreaterThan(0);
    }
  });

  test('has what happens seldom: a hold, a recall, an approval that ran out, a post that vanished, a correction', () => {
    const types = new Set(sample.records().map(({ type }) => type));
    for (const type of ['reply.recalled', 'reply.approvalExpired', 'publishing.resumed', 'publication.failed']) {
      expect(types).toContain(type);
    }
    expect(countOf(views, ({ isHeld }) => isHeld)).toBe(1);
    expect(countOf(views, ({ follows }) => follows !== null)).toBe(1);
    expect(countOf(views, ({ publication }) => publication?.cause === 'targetGone')).toBe(1);
    expect(countOf(views, ({ publication }) => publication?.needsReleaseAgain === true)).toBe(1);
    expect(countOf(views, ({ publication }) => publication?.operation === 'correct')).toBe(1);
    expect(countOf(views, ({ revisions }) => revisions.length > 2)).toBeGreaterThanOrEqual(2);
    expect(countOf(views, ({ thread }) => thread.length > 1)).toBeGreaterThanOrEqual(3);
  });

  test('is due around now: some of it late, some within the hour, more within the day', () => {
    const due = views.filter(isOwed).map(({ dueAt }) => minutesUntil(now, dueAt));
    expect(countOf(due, (minutes) => minutes < 0)).toBeGreaterThanOrEqual(3);
    expect(countOf(due, (minutes) => minutes > 0 && minutes <= 60)).toBeGreaterThanOrEqual(6);
    expect(countOf(due, (minutes) => minutes > 60 && minutes <= 600)).toBeGreaterThanOrEqual(8);
    expect(Math.min(...due)).toBeGreaterThan(-120);
    const ahead = views.filter(
      ({ publication, scheduledFor }) => scheduledFor !== null && !publication?.needsReleaseAgain,
    );
    expect(ahead.map(({ scheduledFor }) => Math.round(minutesUntil(now, scheduledFor ?? '') / 10))).toEqual([10]);
  });

  test('gives everybody who decides, writes or releases work of their own', async () => {
    const waiting: Record<string, number[]> = {};
    for (const role of ['agent', 'comms', 'legal', 'publisher'] as const) {
      waiting[role] = await Promise.all(
        sample.inRole(role).map(async ({ desk }) => (await desk.reply.list({ queue: 'waitingOnMe' })).total),
      );
    }
    expect(waiting).toMatchObject({ agent: { length: 4 }, comms: { length: 3 }, legal: { length: 2 } });
    expect(Math.min(...waiting.agent!)).toBeGreaterThanOrEqual(5);
    expect(Math.min(...waiting.comms!, ...waiting.legal!)).toBeGreaterThanOrEqual(9);
    expect(Math.min(...waiting.publisher!)).toBeGreaterThanOrEqual(2);
    const templates = await Promise.all(
      sample.inRole('legal').map(async ({ desk }) => (await desk.desk.overview()).templatesToApprove),
    );
    expect(templates).toEqual([1, 1]);
  });

  test('has people in every role, and no pause, jump or key that waits', async () => {
    for (const role of ['agent', 'comms', 'legal', 'publisher', 'auditor', 'admin'] as const) {
      expect(sample.inRole(role)).not.toEqual([]);
    }
    const overview = await sample.inRole('admin')[0]!.desk.desk.overview();
    expect(overview).toMatchObject({ keysToConfirm: 0, clockJump: null, publishing: { state: 'on' } });
    expect(overview.workspace).toEqual({ name: 'Acme Care Desk', isSample: true });
  });

  test('speaks eleven languages', () => {
    const languages = new Set(views.map(({ post }) => post?.language));
    expect([...languages].sort()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'he', 'it', 'ja', 'pl', 'pt', 'tr']);
  });

  test('holds only texts that fit their channel, and words that show', async () => {
    for (const { channel, revisions, post } of views) {
      for (const { measure } of revisions) expect(measure.fits).toBe(true);
      expect(sample.host.desk.channels.get(channel.id).measure(post?.text ?? '').fits).toBe(true);
    }
    for (const { excerpt } of await sample.items()) expect(excerpt.trim()).not.toBe('');
    const drafts = views.flatMap(({ id }) =>
      sample.visitors.flatMap(({ desk }) => desk.reply.getDraft({ reply: id }).then(({ draft }) => draft)),
    );
    expect((await Promise.all(drafts)).filter((draft) => draft !== null)).toHaveLength(2);
  });

  test('has a text that must not be submitted only where its scene says so', () => {
    const blocked = views.filter(({ findings }) => findings.some(({ severity }) => severity === 'block'));
    const meant = scenes.filter(({ isBlocked }) => isBlocked);
    expect(meant).not.toEqual([]);
    expect(blocked.map(({ post }) => post?.handle)).toEqual(meant.map(({ handle }) => handle));
  });

  test('has templates in versions, in every state, and a policy that took the place of another', async () => {
    const { desk } = sample.inRole('comms')[0]!;
    const { templates } = await desk.template.list({});
    expect(countOf(templates, ({ approvedVersion }) => approvedVersion !== null)).toBeGreaterThanOrEqual(10);
    const languages = new Set(templates.map(({ language }) => language));
    expect([...languages].sort()).toEqual(['ar', 'de', 'en', 'es', 'fr']);
    const all = await Promise.all(templates.map(({ id }) => desk.template.get({ template: id })));
    const states = new Set(all.flatMap(({ versions }) => versions.map(({ state }) => state)));
    expect([...states].sort()).toEqual(['approved', 'draft', 'inReview', 'rejected', 'retired', 'superseded']);
    expect(countOf(all, ({ versions }) => versions.length > 1)).toBeGreaterThanOrEqual(4);
    const soon = templates.filter(({ validUntil }) => validUntil && minutesUntil(now, validUntil) < 7 * 24 * 60);
    expect(soon).toHaveLength(1);
    const policy = await desk.policy.get();
    expect(policy.versions.map(({ state }) => state)).toEqual(['superseded', 'approved']);
  });

  test('was worked on at a human pace, over the days before, and up to now', () => {
    const records = sample.records();
    const first = Date.parse(records[0]!.at);
    expect((now - first) / (24 * 60 * MINUTE)).toBeGreaterThan(9);
    expect((now - first) / (24 * 60 * MINUTE)).toBeLessThan(14);
    expect(minutesUntil(now, records.at(-1)!.at)).toBeGreaterThan(-30);
    expect(Date.parse(records.at(-1)!.at)).toBeLessThanOrEqual(now);
    const commands = new Map(records.map(({ command, at, actor }) => [command, { at, byPerson: 'person' in actor }]));
    const seconds = [...commands.values()].filter(({ byPerson }) => byPerson).map(({ at }) => at.slice(0, 19));
    const most = Math.max(...seconds.map((second) => countOf(seconds, (other) => other === second)));
    expect(most).toBeLessThanOrEqual(2);
  });

  test('verifies without a problem', async () => {
    const result = await verifyWithRules(sample.folder);
    expect(result).toMatchObject({ ok: true, size: sample.records().length, problems: [] });
  });
});

/** What a host hands to whoever makes a sample, in a folder of its own. */
const makerOptions = (storage: Storage) => {
  const home = mkdtempSync(join(tmpdir(), 'countersign-sample-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const options = {
    storage,
    machine: fileMachineSecret(join(home, 'machine.key'), diskStorage),
    cost: PRACTICE_COST,
    preferences: new PreferencesStore(home, diskStorage),
    onFault: () => undefined,
  };
  return { home, folder: join(home, 'sample'), options };
};

describe('making the sample', () => {
  test('tells the same story whenever it is made for the same moment', { timeout: MAKING }, async () => {
    const now = new Date(2027, 0, 4, 14, 20).getTime();
    const stories: string[][] = [];
    for (let time = 0; time < 2; time += 1) {
      const sample = await SampleDesk.open(now);
      stories.push(sample.story());
      await sample.dispose();
    }
    expect(stories[1]).toEqual(stories[0]);
  });

  test('stops at the first act that is refused, names it, and leaves nothing', { timeout: MAKING }, async () => {
    let writes = 0;
    const { home, folder, options } = makerOptions({
      ...diskStorage,
      write: (file, bytes, position) => {
        writes += 1;
        if (writes > 150) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        diskStorage.write(file, bytes, position);
      },
    });
    await expect(makeSample(folder, options)).rejects.toThrow(/^the sample stops at “.+”: The disk is full/);
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(home)).toEqual(['machine.key']);
  });
});
