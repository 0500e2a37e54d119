import { describe, expect, test } from 'vitest';
import { deskForTest } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { policyWith } from './wording.ts';

describe('a review', () => {
  test('is decided by comms and by legal; both together approve the reply', async () => {
    const desk = await deskForTest();
    const { cleo, leo } = desk.people;
    const reply = await desk.flow.inReview();
    await desk.flow.approve(reply, cleo, 'comms');
    expect(await desk.flow.state(reply)).toBe('inReview');
    await desk.flow.approve(reply, leo, 'legal');
    const view = await desk.flow.view(reply);
    expect(view.state).toBe('approved');
    expect(view.route?.reviews.map(({ review, decidedBy }) => [review, decidedBy?.name])).toEqual([
      ['comms', 'Cleo'],
      ['legal', 'Leo'],
    ]);
  });

  test('is not decided by its author, and the refusal names who can', async () => {
    const desk = await deskForTest();
    const { cleo } = desk.people;
    const reply = await desk.flow.captured();
    await desk.flow.write(reply, 'By Cleo', { by: cleo });
    await desk.flow.submit(reply);
    expect(await refusalOf(desk.flow.approve(reply, cleo, 'comms'))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'decideOnOwn',
      values: { who: ['Carl', 'Kay'] },
    });
  });

  test('is decided by no one who edited the text since it was last public, however long ago', async () => {
    const desk = await deskForTest();
    const { agnes, cleo, leo, carl, lena } = desk.people;
    const reply = await desk.flow.drafted('One');
    await desk.flow.write(reply, 'Two', { by: cleo });
    await desk.flow.write(reply, 'Three', { by: leo });
    await desk.flow.write(reply, 'Four', { by: agnes });
    await desk.flow.submit(reply);
    expect(await refusalOf(desk.flow.approve(reply, cleo, 'comms'))).toMatchObject({
      values: { who: ['Carl', 'Kay'] },
    });
    expect(await refusalOf(desk.flow.approve(reply, leo, 'legal'))).toMatchObject({ values: { who: ['Kay', 'Lena'] } });
    await desk.flow.approve(reply, carl, 'comms');
    await desk.flow.approve(reply, lena, 'legal');
    expect(await desk.flow.state(reply)).toBe('approved');
  });

  test('is not filled by whoever filled the other', async () => {
    const desk = await deskForTest();
    const { kay } = desk.people;
    const reply = await desk.flow.inReview();
    await desk.flow.approve(reply, kay, 'comms');
    expect(await refusalOf(desk.flow.approve(reply, kay, 'legal'))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'fillsOtherReview',
      values: { who: ['Lena', 'Leo'] },
    });
    const again = await deskForTest();
    const other = await again.flow.inReview();
    await again.flow.approve(other, again.people.kay, 'legal');
    expect(await whyRefused(again.flow.approve(other, again.people.kay, 'comms'))).toBe('FORBIDDEN fillsOtherReview');
  });

  test.each(['agnes', 'ben', 'leo', 'pat', 'uma', 'ada'] as const)(
    'of comms is not for %s, who lacks the role; being admin does not help',
    async (who) => {
      const desk = await deskForTest();
      const reply = await desk.flow.inReview();
      expect(await refusalOf(desk.flow.approve(reply, desk.people[who], 'comms'))).toMatchObject({
        code: 'FORBIDDEN',
        reason: 'notAReviewer',
        values: { who: ['Carl', 'Cleo', 'Kay'] },
      });
    },
  );

  test('names the very content: another hash, or another revision, is refused', async () => {
    const desk = await deskForTest();
    const { cleo } = desk.people;
    const reply = await desk.flow.inReview();
    const decision = { ...(await desk.flow.decision(reply, 'comms')), comment: '' };
    for (const change of [{ contentHash: 'f'.repeat(64) }, { revision: 2 }, { revision: 0 }]) {
      expect(await whyRefused(cleo.desk.reply.approve({ ...decision, ...change }))).toBe(
        'REVISION_STALE revisionStale',
      );
    }
    expect(desk.typesFrom(0)).not.toContain('reply.approved');
  });

  test('that is decided already is ALREADY_DECIDED', async () => {
    const desk = await deskForTest();
    const { cleo, carl } = desk.people;
    const reply = await desk.flow.inReview();
    await desk.flow.approve(reply, cleo, 'comms');
    for (const by of [cleo, carl]) {
      expect(await whyRefused(desk.flow.approve(reply, by, 'comms'))).toBe('ALREADY_DECIDED alreadyDecided');
    }
  });

  test('decided twice at once is decided once, and the other sees why', async () => {
    const desk = await deskForTest();
    const { cleo, carl } = desk.people;
    const reply = await desk.flow.inReview();
    const decision = { ...(await desk.flow.decision(reply, 'comms')), comment: '' };
    const outcomes = await outcomesOf(
      [cleo, carl].map((person) => person.desk.reply.approve({ ...decision, commandId: desk.command() })),
    );
    expect(outcomes.sort()).toEqual(['ALREADY_DECIDED alreadyDecided', 'done']);
    expect(desk.typesFrom(0).filter((type) => type === 'reply.approved')).toHaveLength(1);
  });

  test('of comms and of legal at once are both taken', async () => {
    const desk = await deskForTest();
    const { cleo, leo } = desk.people;
    const reply = await desk.flow.inReview();
    const [comms, legal] = [await desk.flow.decision(reply, 'comms'), await desk.flow.decision(reply, 'legal')];
    const works = [
      cleo.desk.reply.approve({ ...comms, comment: '' }),
      leo.desk.reply.approve({ ...legal, comment: '' }),
    ];
    expect(await outcomesOf(works)).toEqual(['done', 'done']);
    expect(await desk.flow.state(reply)).toBe('approved');
  });

  test('approved and sent back at once ends in one of the two, and the other sees why', async () => {
    const desk = await deskForTest();
    const { cleo, leo } = desk.people;
    const reply = await desk.flow.inReview();
    const [comms, legal] = [await desk.flow.decision(reply, 'comms'), await desk.flow.decision(reply, 'legal')];
    const outcomes = await outcomesOf([
      leo.desk.reply.requestChanges({ ...legal, reason: 'Say when.' }),
      cleo.desk.reply.approve({ ...comms, comment: '' }),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'done').length).toBeGreaterThan(0);
    expect(await desk.flow.state(reply)).toBe('drafting');
  });

  test('in a route that runs in order waits for the one before it', async () => {
    const desk = await deskForTest();
    const { cleo, leo } = desk.people;
    await desk.flow.approvedPolicy(policyWith({ order: 'inOrder' }));
    const reply = await desk.flow.inReview();
    expect(await whyRefused(desk.flow.approve(reply, leo, 'legal'))).toBe('ILLEGAL_TRANSITION notItsTurn');
    await desk.flow.approve(reply, cleo, 'comms');
    await desk.flow.approve(reply, leo, 'legal');
    expect(await desk.flow.state(reply)).toBe('approved');
  });

  test('that the route does not ask for is refused', async () => {
    const desk = await deskForTest();
    await desk.flow.approvedPolicy(
      policyWith({ rules: [{ id: 'R-1', when: {}, require: ['comms'], reason: 'Every reply' }] }),
    );
    const reply = await desk.flow.inReview();
    expect(await whyRefused(desk.flow.approve(reply, desk.people.leo, 'legal'))).toBe(
      'ILLEGAL_TRANSITION reviewNotRequired',
    );
    await desk.flow.approve(reply, desk.people.cleo, 'comms');
    expect(await desk.flow.state(reply)).toBe('approved');
  });

  test('of a draft is refused', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.drafted();
    const refused = await refusalOf(desk.flow.approve(reply, desk.people.cleo, 'comms'));
    expect(refused.code).toBe('ILLEGAL_TRANSITION');
  });
});

describe('a change request', () => {
  test('sends the reply back with its reason, and voids what the other review had decided', async () => {
    const desk = await deskForTest();
    const { cleo, leo } = desk.people;
    const reply = await desk.flow.inReview();
    await desk.flow.approve(reply, cleo, 'comms');
    await leo.desk.reply.requestChanges({ ...(await desk.flow.decision(reply, 'legal')), reason: 'Say when.' });
    expect(await desk.flow.view(reply)).toMatchObject({
      state: 'drafting',
      returned: { by: { name: 'Leo' }, review: 'legal', reason: 'Say when.', wasRejected: false },
    });
    await desk.flow.write(reply, 'On Thursday.');
    await desk.flow.submit(reply);
    const view = await desk.flow.view(reply);
    expect(view.route?.reviews.map(({ state }) => state)).toEqual(['deciding', 'deciding']);
  });

  test('without a reason is refused', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.inReview();
    const decision = await desk.flow.decision(reply, 'legal');
    for (const reason of ['', '   \n ']) {
      const work = desk.people.leo.desk.reply.requestChanges({ ...decision, reason });
      expect((await refusalOf(work)).code).toBe('INVALID_INPUT');
    }
  });
});

describe('a rejection', () => {
  test('ends the way of this text; a new one begins it again', async () => {
    const desk = await deskForTest();
    const { leo } = desk.people;
    const reply = await desk.flow.inReview();
    await leo.desk.reply.reject({ ...(await desk.flow.decision(reply, 'legal')), reason: 'We are in court about it.' });
    expect(await desk.flow.view(reply)).toMatchObject({
      state: 'rejected',
      returned: { by: { name: 'Leo' }, reason: 'We are in court about it.', wasRejected: true },
    });
    expect(await whyRefused(desk.flow.release(reply))).toBe('ILLEGAL_TRANSITION notApproved');
    await desk.flow.write(reply, 'Another text.');
    expect(await desk.flow.state(reply)).toBe('drafting');
  });
});
