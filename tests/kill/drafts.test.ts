import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDraft } from '#main/core/commands/draft-commands.ts';
import type { Draft } from '#workflows/contract/reply.contract.ts';
import { textOf } from '#workflows/content/document.ts';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import { text } from '../core/wording.ts';
import { JobProcess } from './child-process.ts';
import { KillPoints } from './kill-points.ts';
import { openDesk } from './open-desk.ts';
import { forEveryMoment, IS_DEEP, prepare, type Prepared } from './prepared-desk.ts';
import { viewerOf, type Work } from './works.ts';

const TEXTS = ['Saved before.', 'Long words. '.repeat(200).trim(), ...(IS_DEEP ? ['Saved at last.'] : [])];

const draftOf = (words: string): Draft => ({
  document: text(words),
  template: null,
  language: 'en',
  note: '',
  basedOn: 0,
});

let prepared: Prepared<{ reply: ReplyId; person: PersonId; other: PersonId }>;

beforeAll(async () => {
  prepared = await prepare(async (desk) => {
    const { agnes, ben } = desk.people;
    const reply = await desk.flow.captured();
    await agnes.desk.reply.saveDraft({ reply, draft: draftOf(TEXTS[0] ?? '') });
    await ben.desk.reply.saveDraft({ reply, draft: draftOf('Ben’s own.') });
    return { reply, person: agnes.id, other: ben.id };
  });
}, 60_000);

afterAll(() => {
  prepared.remove();
});

test('killed at any moment of saving a draft, the newest answered one survives, or the one after it', async () => {
  const { reply, person, other } = prepared.known;
  const survivors = new Set<string>();
  const reached = await forEveryMoment(async (killAt) => {
    const place = { root: prepared.copy(), now: prepared.now, server: 'http://127.0.0.1:9', hasKeys: true };
    const work: Work = { kind: 'drafts', person, reply, drafts: TEXTS.slice(1).map(draftOf) };
    const { killed, answers } = await new JobProcess({ ...place, work, killAt, isWholeLife: IS_DEEP }).end();
    const { desk } = await openDesk(place, new KillPoints(0), () => undefined);
    const wordsOf = async (whose: PersonId): Promise<string | null> => {
      const { draft } = loadDraft(desk, await viewerOf(desk, whose), reply);
      return draft ? textOf(draft.document) : null;
    };
    const survivor = await wordsOf(person);
    expect(TEXTS.slice(answers, answers + 2), `killed ${String(killed)}`).toContain(survivor);
    survivors.add(`${String(answers)} ${String(survivor)}`);
    expect(await wordsOf(other)).toBe('Ben’s own.');
    await desk.close();
    // What the dead process had begun does not lie about.
    expect(readdirSync(join(place.root, 'workspace', 'drafts')), `killed ${String(killed)}`).toHaveLength(2);
    return killed;
  });
  expect(reached.filter((moment) => moment.includes('.tmp')).length).toBeGreaterThanOrEqual(6);
  // Of each draft: unanswered, it was lost at one moment and kept at another; answered, it was kept.
  const seen = TEXTS.slice(1).flatMap((words, index) => [
    `${String(index)} ${String(TEXTS[index])}`,
    `${String(index)} ${words}`,
  ]);
  expect([...survivors]).toEqual(expect.arrayContaining(seen));
}, 600_000);
