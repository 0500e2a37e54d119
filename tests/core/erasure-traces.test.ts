import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { verifyWorkspace } from '#main/journal/verify-workspace.ts';
import type { CustomerId, ReplyId } from '#workflows/identifiers.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { confirm, customerOf, propose } from './erasure-flow.ts';
import { PASSPHRASE } from './roster.ts';
import { spellingsOf, traces, tracesBelow } from './spellings.ts';
import { text } from './wording.ts';

/** What must be nowhere afterwards; each is found in no other way than by itself. */
const HANDLE = 'zoë-quixote.example';
const POST = 'Zwölfmal kaputt – “Äpfel” & Würmer';
const LONG = 'Ein €€€€€€€€€€€€€€€€€€€€€€€€ Absatz. ';
const ANSWER = 'Liebe Zoë, es tut uns unendlich leid';
const NOTE = 'Zoë hat schon zweimal geklagt';
const COMMENT = 'Für Frau Quixote in Ordnung';
const CHANGE = 'Den Vornamen der Dame weglassen';
const DRAFT = 'Noch ein Entwurf für Zoë';
const HOLD = 'Klage der Zoë Quixote';
const TRIAGE = 'Zoë meldet dasselbe doppelt';
const REASON = 'Brief der Zoë Quixote vom 3.';
const ALL = [HANDLE, POST, LONG.repeat(3), ANSWER, NOTE, COMMENT, CHANGE, DRAFT, HOLD, TRIAGE, REASON];

const changesAsked = async (desk: TestDesk, reply: ReplyId): Promise<void> => {
  const decision = await desk.flow.decision(reply, 'comms');
  await desk.people.cleo.desk.reply.requestChanges({ ...decision, reason: CHANGE });
};

/** A customer whose words are in every place that the desk has for them. */
const wellKnownCustomer = async (
  desk: TestDesk,
): Promise<{ reply: ReplyId; second: ReplyId; customer: CustomerId }> => {
  const { flow, people } = desk;
  const reply = await flow.captured(POST, HANDLE);
  await flow.write(reply, `${ANSWER}, sagt der erste Versuch`);
  // Long enough for a file of its own.
  await flow.submit(reply, { note: `${NOTE} ${LONG.repeat(250)}` });
  await changesAsked(desk, reply);
  await flow.write(reply, ANSWER);
  await flow.submit(reply, { note: NOTE });
  await people.cleo.desk.reply.approve({ ...(await flow.decision(reply, 'comms')), comment: COMMENT });
  await flow.approve(reply, people.leo, 'legal');
  const draft = { document: text(DRAFT), template: null, language: 'de', note: NOTE, basedOn: 2 };
  await people.ben.desk.reply.saveDraft({ reply, draft });
  await flow.release(reply);
  await desk.settle();
  const signed = { passphrase: PASSPHRASE };
  await people.leo.desk.reply.placeHold({ ...(await flow.target(reply)), reason: HOLD, ...signed });
  await people.leo.desk.reply.liftHold({ ...(await flow.target(reply)), ...signed });
  const second = await flow.captured(`${POST}, noch einmal`, HANDLE);
  const triage = { outcome: 'noResponse', reason: TRIAGE, until: null, into: null } as const;
  await people.agnes.desk.reply.triage({ ...(await flow.target(second)), ...triage });
  return { reply, second, customer: await customerOf(desk, reply) };
};

describe('a search for every spelling', () => {
  test.each([
    ['UTF-8', Buffer.from(POST, 'utf8')],
    ['UTF-16', Buffer.from(POST, 'utf16le')],
    ['the other normal form', Buffer.from(POST.normalize('NFD'), 'utf8')],
    ['base64 after one byte', Buffer.from(Buffer.from(`x${POST}y`, 'utf8').toString('base64'))],
    ['base64 after two bytes', Buffer.from(Buffer.from(`xx${POST}`, 'utf8').toString('base64'))],
    ['base64 for addresses', Buffer.from(Buffer.from(`xxx${POST}y`, 'utf8').toString('base64url'))],
    ['hexadecimal digits', Buffer.from(Buffer.from(POST, 'utf8').toString('hex'))],
    ['percent signs', Buffer.from(encodeURIComponent(POST))],
    ['JSON', Buffer.from(JSON.stringify({ text: POST }))],
    ['JSON with escapes', Buffer.from('Zw\\u00f6lfmal kaputt \\u2013 \\u201c\\u00c4pfel\\u201d & W\\u00fcrmer')],
  ])('finds a text in %s', (_, bytes) => {
    expect(traces('here', Buffer.concat([Buffer.from('before '), bytes, Buffer.from(' after')]), [POST])).toHaveLength(
      1,
    );
  });

  test('finds nothing where there is nothing', () => {
    expect(traces('here', Buffer.from('Zwolfmal kaputt'), [POST])).toEqual([]);
    expect(spellingsOf(POST).every((spelling) => spelling.length >= POST.length)).toBe(true);
  });
});

test('an erased customer is in no file of the workspace, of the home and of a copy, nor in the log, and the journal verifies', async () => {
  const desk = await deskForTest();
  const { customer } = await wellKnownCustomer(desk);
  await propose(desk, customer, { reason: REASON });
  // The practice network holds what is public in plain; the search sees it.
  expect(tracesBelow(desk.folder, ALL)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/network\.json: .*Äpfel/),
      expect.stringMatching(/network\.json: Liebe/),
    ]),
  );
  await confirm(desk, customer);
  await desk.restart();
  const root = mkdtempSync(join(tmpdir(), 'countersign-copy-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  cpSync(desk.folder, join(root, 'copy'), { recursive: true });
  for (const folder of [desk.folder, desk.home, root]) expect(tracesBelow(folder, ALL)).toEqual([]);
  expect(traces('the log', Buffer.from(desk.log.join('\n')), ALL)).toEqual([]);
  expect(await verifyWorkspace(join(root, 'copy'))).toMatchObject({ ok: true, problems: [] });
});

test('nothing that any window can ask for holds an erased customer’s words', async () => {
  const desk = await deskForTest();
  const { reply, second, customer } = await wellKnownCustomer(desk);
  await propose(desk, customer, { reason: REASON });
  const { uma } = desk.people;
  const filter = { view: 'everything', from: null, to: null, person: null, role: null, channel: null } as const;
  const everything = async (): Promise<string> => {
    const page = { offset: 0, limit: 200 };
    const { rows } = await uma.desk.journal.log({ filter: { ...filter, reply }, page });
    const records = await Promise.all(rows.map(({ seq }) => uma.desk.journal.record({ seq })));
    const story = { commandId: desk.command(), reply, timeZone: 'UTC' };
    return JSON.stringify([
      await uma.desk.reply.get({ reply }),
      await uma.desk.reply.story({ reply }),
      await uma.desk.reply.story({ reply: second }),
      await uma.desk.reply.list({ queue: 'closed' }),
      await uma.desk.reply.list({ queue: 'open' }),
      await uma.desk.erasure.get({ customer }),
      await uma.desk.practice.threads({ channel: null }),
      await desk.people.ben.desk.reply.getDraft({ reply }),
      await uma.desk.journal.exportStory(story),
      rows,
      records,
    ]);
  };
  const before = traces('the windows', Buffer.from(await everything()), ALL);
  expect(before).toHaveLength(ALL.length);
  await confirm(desk, customer);
  expect(traces('the windows', Buffer.from(await everything()), ALL)).toEqual([]);
});
