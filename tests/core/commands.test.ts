import { describe, expect, test } from 'vitest';
import type { PersonId, ReplyId } from '#workflows/identifiers.ts';
import { deskForTest, type Actor, type TestDesk } from './desk.fixture.ts';
import { outcomesOf, refusalOf, whyRefused } from './refusal.ts';
import { PASSPHRASE } from './roster.ts';
import { LATE_DELIVERY, policyWith, text } from './wording.ts';

/** Commands that make or change something, each ready to be sent as often as one likes. */
const COMMANDS: Readonly<Record<string, (desk: TestDesk) => Promise<() => Promise<{ seq: number | null }>>>> = {
  'mention.capture': async (desk) => {
    const command = { commandId: desk.command(), address: (await desk.flow.post()).address };
    return () => desk.people.agnes.desk.mention.capture(command);
  },
  'mention.captureByHand': (desk) => {
    const typed = { address: '', handle: 'sam', text: 'Hello', at: desk.clock.time(), language: 'en' };
    const command = { commandId: desk.command(), channel: desk.channel, ...typed };
    return Promise.resolve(() => desk.people.agnes.desk.mention.captureByHand(command));
  },
  'reply.claim': async (desk) => {
    const command = await desk.flow.target(await desk.flow.captured());
    return () => desk.people.agnes.desk.reply.claim(command);
  },
  'reply.revise': async (desk) => {
    const command = {
      commandId: desk.command(),
      reply: await desk.flow.drafted('One'),
      basedOn: 1,
      operation: 'reply' as const,
      document: text('Two'),
      template: null,
      language: 'en',
    };
    return () => desk.people.agnes.desk.reply.revise(command);
  },
  'reply.approve': async (desk) => {
    const command = { ...(await desk.flow.decision(await desk.flow.inReview(), 'comms')), comment: 'Fine.' };
    return () => desk.people.cleo.desk.reply.approve(command);
  },
  'reply.release': async (desk) => {
    const command = await desk.flow.signedTarget(await desk.flow.approved());
    return () => desk.people.agnes.desk.reply.release(command);
  },
  'reply.placeHold': async (desk) => {
    const signed = { reason: 'A claim.', passphrase: PASSPHRASE };
    const command = { ...(await desk.flow.target(await desk.flow.captured())), ...signed };
    return () => desk.people.leo.desk.reply.placeHold(command);
  },
  'publishing.pause': (desk) => {
    const command = { ...desk.flow.signed(), reason: 'Stop.' };
    return Promise.resolve(() => desk.people.pat.desk.publishing.pause(command));
  },
  'template.revise': (desk) => {
    const command = { commandId: desk.command(), template: null, content: LATE_DELIVERY };
    return Promise.resolve(() => desk.people.carl.desk.template.revise(command));
  },
  'channel.add': (desk) => {
    const channel = {
      kind: 'sandbox' as const,
      name: 'Second',
      handle: 'acme.second',
      limits: { graphemes: null, bytes: null },
      promise: { acknowledgeMinutes: 30, answerMinutes: 60 },
    };
    const command = { commandId: desk.command(), channel };
    return Promise.resolve(() => desk.people.ada.desk.channel.add(command));
  },
  'people.add': (desk) => {
    const command = { commandId: desk.command(), name: 'Nora', roles: ['agent' as const] };
    return Promise.resolve(() => desk.people.ada.desk.people.add(command));
  },
};

describe.each(Object.entries(COMMANDS))('%s, sent again', (_name, prepare) => {
  test('is done once and answered as before, also after the program was started anew', async () => {
    const desk = await deskForTest();
    const send = await prepare(desk);
    const first = await send();
    const size = desk.size;
    expect((await send()).seq).toBe(first.seq);
    await desk.restart();
    expect((await send()).seq).toBe(first.seq);
    expect(desk.size).toBe(size);
  });

  test('at the same moment is done once, and both are answered alike', async () => {
    const desk = await deskForTest();
    const send = await prepare(desk);
    const before = desk.size;
    const works = [send(), send()];
    expect(await outcomesOf(works)).toEqual(['done', 'done']);
    const [one, other] = await Promise.all(works);
    expect(one?.seq).toBe(other?.seq);
    expect(one?.seq).toBe(before);
  });

  test('by another person is refused', async () => {
    const desk = await deskForTest();
    const send = await prepare(desk);
    await send();
    const commandId = desk.records().at(-1)!.command;
    const reply = await desk.flow.captured('Another matter', 'ann.example');
    const { version } = await desk.flow.view(reply);
    const before = desk.size;
    expect(await whyRefused(desk.people.ben.desk.reply.claim({ commandId, reply, version }))).toBe(
      'INVALID_INPUT commandReused',
    );
    expect(desk.size).toBe(before);
  });
});

describe('an id that was used for one act', () => {
  test('is not answered as if another act had been done', async () => {
    const desk = await deskForTest();
    const { cleo } = desk.people;
    const other = await desk.flow.captured('Another matter', 'ann.example');
    const claim = await desk.flow.target(other);
    await cleo.desk.reply.claim(claim);
    const reply = await desk.flow.inReview();
    const decision = { ...(await desk.flow.decision(reply, 'comms')), comment: '', commandId: claim.commandId };
    expect((await refusalOf(cleo.desk.reply.approve(decision))).code).toBe('INVALID_INPUT');
  });

  test('gives no admin’s power to whoever used it', async () => {
    const desk = await deskForTest();
    const { agnes, ada } = desk.people;
    const claim = await desk.flow.target(await desk.flow.captured());
    await agnes.desk.reply.claim(claim);
    const work = agnes.desk.people.invite({ commandId: claim.commandId, person: ada.id });
    expect(['FORBIDDEN', 'INVALID_INPUT']).toContain((await refusalOf(work)).code);
    const window = desk.window('Ada’s other window');
    expect(await window.session.signIn({ person: ada.id, passphrase: PASSPHRASE })).toMatchObject({
      state: 'signedIn',
    });
  });
});

describe('an invitation whose command is sent again', () => {
  const accept = async (desk: TestDesk, code: string) => {
    const window = desk.window('Nora’s window');
    await window.session.acceptInvitation({ code, passphrase: 'Nora’s own words' });
    return window;
  };

  test('leaves a person alone who has accepted it meanwhile', async () => {
    const desk = await deskForTest();
    const { ada } = desk.people;
    const command = { commandId: desk.command(), name: 'Nora', roles: ['agent' as const] };
    const { code, subject } = await ada.desk.people.add(command);
    await accept(desk, code);
    await ada.desk.people.registerKey({ commandId: desk.command(), person: subject as PersonId });
    await ada.desk.people.add(command);
    expect(desk.host.desk.keys.invitationOf(subject as PersonId)).toBeNull();
  });

  test('leaves the key alone that they have made since', async () => {
    const desk = await deskForTest();
    const { ada, agnes } = desk.people;
    const command = { commandId: desk.command(), person: agnes.id };
    const { code } = await ada.desk.people.invite(command);
    await accept(desk, code);
    const key = desk.host.desk.keys.personKey(agnes.id);
    await ada.desk.people.invite(command);
    expect(desk.host.desk.keys.personKey(agnes.id)).toEqual(key);
  });
});

describe('a hundred commands at once on many replies', () => {
  test('end as one order of them explains: each is answered, and the journal replays to what is shown', async () => {
    const desk = await deskForTest();
    const { flow, people } = desk;
    // Somebody who decides ten times in one moment has given the passphrase before.
    await flow.approvedPolicy(policyWith({ passphraseMinutes: 10 }));
    const replies: ReplyId[] = [];
    for (let index = 0; index < 10; index += 1) replies.push(await flow.inReview(`Reply ${String(index)}`));
    const acts: (() => Promise<unknown>)[] = [];
    const approve = async (reply: ReplyId, by: Actor, review: 'comms' | 'legal') => {
      const { passphrase: _given, ...decision } = { ...(await flow.decision(reply, review)), comment: '' };
      acts.push(() => by.desk.reply.approve(decision));
    };
    for (const reply of replies) {
      for (const by of [people.cleo, people.carl, people.kay]) await approve(reply, by, 'comms');
      for (const by of [people.leo, people.lena, people.kay]) await approve(reply, by, 'legal');
      const recall = { ...(await flow.target(reply)), reason: 'Wait' };
      acts.push(() => people.agnes.desk.reply.recall(recall));
      for (const by of [people.agnes, people.ben, people.cleo]) {
        const claim = { ...(await flow.target(reply)), commandId: desk.command() };
        acts.push(() => by.desk.reply.claim(claim));
      }
    }
    expect(acts).toHaveLength(100);
    for (const { id, desk: window } of Object.values(people)) {
      await window.session.signIn({ person: id, passphrase: PASSPHRASE });
    }
    const before = desk.size;
    const outcomes = await outcomesOf(acts.map((act) => act()));
    const done = outcomes.filter((outcome) => outcome === 'done').length;
    expect(desk.size - before).toBeGreaterThan(0);
    expect(desk.size - before).toBeLessThanOrEqual(done);
    const codes = new Set(outcomes.filter((outcome) => outcome !== 'done').map((outcome) => outcome.split(' ')[0]));
    const expected = ['ALREADY_DECIDED', 'FORBIDDEN', 'VERSION_CONFLICT', 'ILLEGAL_TRANSITION', 'REVISION_STALE'];
    expect([...codes].filter((code) => !expected.includes(code!))).toEqual([]);
    const shown = await Promise.all(replies.map((reply) => flow.view(reply)));
    await desk.restart();
    expect(await Promise.all(replies.map((reply) => flow.view(reply)))).toEqual(shown);
  });
});
