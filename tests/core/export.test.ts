import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ReplyId } from '#workflows/identifiers.ts';
import { deskForTest, type TestDesk } from './desk.fixture.ts';
import { eventful as publishedAfterAll } from './exported.ts';
import { checkExportedStory, proofIn } from './independent-proof.ts';

const exportOf = (desk: TestDesk, reply: ReplyId, timeZone = 'Europe/Berlin') =>
  desk.people.uma.desk.journal.exportStory({ commandId: desk.command(), reply, timeZone });

/** A reply that went through everything, and is being corrected. */
const eventful = async (desk: TestDesk): Promise<ReplyId> => {
  const reply = await publishedAfterAll(desk);
  await desk.flow.write(reply, 'On Friday.', { operation: 'correct' });
  return reply;
};

describe('an exported story', () => {
  test('proves every record of the reply to whoever checks it with other tools', async () => {
    const desk = await deskForTest();
    const reply = await eventful(desk);
    const { html } = await exportOf(desk, reply);
    const story = (await desk.people.uma.desk.reply.story({ reply })).entries;
    const proved = checkExportedStory(html);
    expect(proved.map(({ seq, type }) => [seq, type])).toEqual(story.map(({ seq, type }) => [seq, type]));
    expect(proved.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['mention.captured', 'reply.approved', 'publication.observed', 'hold.placed']),
    );
    expect(proofIn(html).revisions).toHaveLength(3);
  });

  test('is refused by such a check once a single letter of it is another', async () => {
    const desk = await deskForTest();
    const { html } = await exportOf(desk, await eventful(desk));
    const { records, checkpoint } = proofIn(html);
    const approved = records.find(({ record }) => record.includes('"reply.approved"'))!;
    const falsified = [
      html.replaceAll('\\"role\\":\\"legal\\"', '\\"role\\":\\"comms\\"'),
      html.replaceAll(
        approved.leafHash,
        approved.leafHash.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      ),
      html.replaceAll(approved.path[0]!, 'ab'.repeat(32)),
      html.replaceAll(checkpoint.split('\n')[2]!, Buffer.alloc(32).toString('base64')),
      html.replaceAll('On Thursday.', 'On Thursday!'),
      html.replaceAll('Where is my parcel?', 'Where is my parcel!'),
    ];
    for (const page of falsified) {
      expect(page).not.toBe(html);
      expect(() => checkExportedStory(page)).toThrow();
    }
  });

  test('is recorded with the hash of the very file, and named after the customer', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    const { html, hash, fileName } = await exportOf(desk, reply);
    expect(createHash('sha256').update(html, 'utf8').digest('hex')).toBe(hash);
    expect(desk.records().at(-1)).toMatchObject({ type: 'audit.exported', data: { what: 'story', reply, hash } });
    expect(fileName).toBe('story-sam.example-2026-03-02.html');
  });

  test('is the same page when it is asked for twice under one command, and recorded once', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.published();
    const command = { commandId: desk.command(), reply, timeZone: 'UTC' };
    const { uma } = desk.people;
    const first = await uma.desk.journal.exportStory(command);
    const second = await uma.desk.journal.exportStory(command);
    expect(second.seq).toBe(first.seq);
    expect(desk.typesFrom(0).filter((type) => type === 'audit.exported')).toHaveLength(1);
    expect(second.hash).toBe(first.hash);
  });

  test('of a time zone that does not exist tells the time in UTC', async () => {
    const desk = await deskForTest();
    const reply = await desk.flow.captured();
    expect((await exportOf(desk, reply, 'Mars/Olympus')).html).toContain('UTC');
  });
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '"><img src=x onerror=alert(3)>',
  "' onmouseover='alert(4)",
  '<!-- ',
  ']]><svg/onload=alert(5)>',
  '&lt;b&gt; &amp;amp; \u2028 \u2029.',
].join(' ');

/** Every element of a page with the names of its attributes, as a browser's tokeniser finds them. */
const elementsOf = (html: string): { name: string; attributes: string[] }[] => {
  const withoutRawText = html.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3');
  return [...withoutRawText.matchAll(/<([a-z!][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi)].map(
    ([, name = '', attributes = '']) => ({
      name: name.toLowerCase(),
      attributes: attributes
        .replace(/="[^"]*"/g, '')
        .split(/\s+/)
        .filter((attribute) => attribute !== ''),
    }),
  );
};

describe('hostile text in an exported story', () => {
  test('stays text, wherever it came from', async () => {
    const desk = await deskForTest();
    const { leo, ada } = desk.people;
    const plain = elementsOf((await exportOf(desk, await desk.flow.captured('Plain', 'plain.example'))).html);
    const { version } = (await ada.desk.channel.list()).channels[0]!;
    await ada.desk.channel.change({
      commandId: desk.command(),
      channel: desk.channel,
      version,
      name: HOSTILE.slice(0, 80).trim(),
      promise: { acknowledgeMinutes: 1, answerMinutes: 1 },
    });
    const posted = await desk.people.agnes.desk.practice.post({
      channel: desk.channel,
      handle: HOSTILE.slice(0, 60).trim(),
      text: HOSTILE,
      language: '"><b id=x>',
      parent: null,
    });
    const { subject } = await desk.people.agnes.desk.mention.capture({
      commandId: desk.command(),
      address: posted.address,
    });
    const reply = subject as ReplyId;
    await desk.flow.write(reply, HOSTILE.replaceAll(/[\u2028\u2029]/g, ''), { language: '"><b id=y>' });
    await desk.flow.submit(reply, { note: HOSTILE });
    await leo.desk.reply.requestChanges({ ...(await desk.flow.decision(reply, 'legal')), reason: HOSTILE });
    const { html, fileName } = await exportOf(desk, reply);
    const elements = elementsOf(html);
    const names = new Set(plain.map(({ name }) => name));
    const attributes = new Set(['lang', ...plain.flatMap((element) => element.attributes)]);
    expect(elements.filter(({ name }) => !names.has(name))).toEqual([]);
    expect(elements.filter((element) => element.attributes.some((name) => !attributes.has(name)))).toEqual([]);
    expect(elements.filter(({ name }) => name === 'script')).toHaveLength(1);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(fileName).toMatch(/^story-[\p{L}\p{N}._-]+-2026-03-02\.html$/u);
    checkExportedStory(html);
    expect((proofIn(html).capture as { post: { text: string } }).post.text).toBe(HOSTILE);
  });
});
