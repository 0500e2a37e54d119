import pino from 'pino';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textOf, type Document } from '#workflows/content/document.ts';
import type { ChannelId, ReplyId, TemplateId } from '#workflows/identifiers.ts';
import { JournalRules } from '#workflows/rules/journal-rules.ts';
import { storyInWords } from '../core/words.ts';
import { fileMachineSecret } from '../keys/machine-secret.ts';
import { PRACTICE_COST } from '../keys/passphrase.ts';
import { nodeCrypto } from '../journal/node-crypto.ts';
import { verifyWorkspace } from '../journal/verify-workspace.ts';
import { ScriptDesk, type Actor } from '../scripted/script-desk.ts';
import { diskStorage } from '../storage/storage.ts';
import { DemoActs, PASSPHRASE, refused } from './demo-acts.ts';
import { fill, TEMPLATE } from './demo-wording.ts';

export interface DemoOptions {
  /** Where the workspace is made; a temporary folder without it. */
  readonly folder?: string;
  readonly print: (line: string) => void;
}

const MINUTE = 60_000;
/** Plays the main job from an empty folder to the verified trail. */
class Demo {
  readonly #script: ScriptDesk;
  readonly #acts: DemoActs;
  readonly #print: DemoOptions['print'];
  #step = 0;

  constructor(script: ScriptDesk, print: DemoOptions['print']) {
    this.#script = script;
    this.#acts = new DemoActs(script);
    this.#print = print;
  }

  #say(text: string): void {
    this.#step += 1;
    this.#print(`${String(this.#step).padStart(2)}. ${text}`);
  }

  #note(text: string): void {
    this.#print(`    ${text}`);
  }

  async play(): Promise<ReplyId> {
    const script = this.#script;
    const { admin } = script;
    this.#say(`${admin.name} created the workspace and is its first admin.`);
    const agent = await script.addPerson('Agnes', ['agent']);
    const author = await script.addPerson('Carl', ['comms']);
    const comms = await script.addPerson('Cleo', ['comms']);
    const legal = await script.addPerson('Leo', ['legal']);
    const auditor = await script.addPerson('Uma', ['auditor']);
    this.#note('Agnes (agent), Carl and Cleo (comms), Leo (legal) and Uma (auditor) accepted their invitations.');
    await admin.desk.channel.add({
      commandId: script.command(),
      channel: {
        kind: 'sandbox',
        name: 'Practice',
        handle: 'acme.example',
        limits: { graphemes: 300, bytes: 3000 },
        promise: { acknowledgeMinutes: 30, answerMinutes: 60 },
      },
    });
    const channel = (await admin.desk.channel.list()).channels[0]?.id as ChannelId;
    await this.#acts.approvePolicy(author, comms, legal);
    const { subject } = await author.desk.template.revise({
      commandId: script.command(),
      template: null,
      content: TEMPLATE,
    });
    const template = subject as TemplateId;
    await this.#acts.approveTemplate({ comms, legal }, template, author);
    this.#note('A policy and a template were approved by Cleo and Leo; Carl, who wrote them, could not.');

    await script.pass(10 * MINUTE);
    const posted = await agent.desk.practice.post({
      channel,
      handle: 'sam.example',
      text: 'Third week without a washing machine, @acme.example. Does anybody read this? 😤',
      language: 'en',
      parent: null,
    });
    await script.pass(2 * MINUTE);
    const captured = await agent.desk.mention.capture({ commandId: script.command(), address: posted.address });
    const reply = captured.subject as ReplyId;
    const opened = await this.#acts.get(agent, reply);
    this.#say(`A customer's post was captured: “${opened.post?.text ?? ''}”`);
    this.#note(`capture ${opened.captureHash.slice(0, 16)}…, due ${opened.dueAt}`);

    await script.pass(MINUTE);
    await agent.desk.reply.claim({ commandId: script.command(), reply, version: opened.version });
    const pin = { template, version: 1 };
    const empty = fill(TEMPLATE, { name: 'Sam', article: 'washing machine' });
    await agent.desk.reply.revise(this.#acts.revision(reply, 0, empty, pin));
    this.#say('Agnes started from the template. With an empty slot she cannot submit:');
    this.#note(await refused(this.#acts.submit(agent, reply, '')));
    await script.pass(3 * MINUTE);
    const draft = fill(TEMPLATE, { name: 'Sam', article: 'washing machine', date: 'Thursday, 26 November' });
    await agent.desk.reply.saveDraft({
      reply,
      draft: { document: draft, template: pin, language: 'en', note: '', basedOn: 1 },
    });
    await agent.desk.reply.revise(this.#acts.revision(reply, 1, draft, pin));
    await script.pass(5 * MINUTE);
    const submitted = await this.#acts.submit(agent, reply, 'Carrier confirmed Thursday by phone.');
    const newest = submitted.revisions.at(-1);
    this.#say(`Agnes submitted revision ${String(newest?.revision)}: “${newest?.text ?? ''}”`);
    this.#note(
      `${String(newest?.measure.graphemes)} of 300 characters, fingerprint ${newest?.contentHash.slice(0, 16) ?? ''}…`,
    );
    for (const { review, reasons } of submitted.route?.reviews ?? []) {
      this.#note(`${review} decides: ${reasons.map(({ rule, reason }) => `${reason} (${rule})`).join('; ')}`);
    }

    await this.#review({ agent, comms, other: author, legal, reply, draft, pin });
    await this.#publish({ agent, comms, legal, reply });
    await this.#followUp({ agent, reply, channel });
    await this.#audit(auditor, reply);
    return reply;
  }

  async #review({
    agent,
    comms,
    other,
    legal,
    reply,
    draft,
    pin,
  }: {
    agent: Actor;
    comms: Actor;
    other: Actor;
    legal: Actor;
    reply: ReplyId;
    draft: Document;
    pin: { template: TemplateId; version: number };
  }): Promise<void> {
    const script = this.#script;
    await script.pass(4 * MINUTE);
    this.#say('Agnes wrote it, so she cannot approve it:');
    this.#note(await refused(this.#acts.decide(agent, 'comms', reply, 'approve')));
    await this.#acts.decide(comms, 'comms', reply, 'approve');
    this.#note('Cleo approved as Comms.');
    await script.pass(2 * MINUTE);
    await this.#acts.decide(legal, 'legal', reply, { requestChanges: 'Say until when they can choose another day.' });
    this.#note('Leo asked for a change: “Say until when they can choose another day.”');
    await script.pass(3 * MINUTE);
    const changed: Document = {
      lines: draft.lines.map((line) =>
        line.map((inline) =>
          inline.type === 'text'
            ? { ...inline, text: inline.text.replace('tell us here and', 'tell us here by Tuesday and') }
            : inline,
        ),
      ),
    };
    await agent.desk.reply.revise(this.#acts.revision(reply, 2, changed, pin));
    const unchanged = await agent.desk.reply.revise(this.#acts.revision(reply, 3, changed, pin));
    this.#say(
      `Agnes changed the text. Saving it again without a change recorded nothing (${String(unchanged.count)} records).`,
    );
    await this.#acts.submit(agent, reply, '');
    await script.pass(2 * MINUTE);
    await this.#acts.decide(comms, 'comms', reply, 'approve');
    await this.#acts.decide(legal, 'legal', reply, 'approve');
    this.#note('Cleo and Leo approved this very text.');
    await script.pass(MINUTE);
    const edited = { lines: [...changed.lines, [{ type: 'text' as const, text: '— Cleo' }]] };
    await comms.desk.reply.revise(this.#acts.revision(reply, 3, edited, pin));
    const after = await this.#acts.get(comms, reply);
    this.#say(`Cleo edited the approved text: every approval is void, the reply is ${after.state} again.`);
    await script.pass(MINUTE);
    await comms.desk.reply.revise(this.#acts.revision(reply, 4, changed, pin));
    await this.#acts.submit(agent, reply, '');
    this.#note(`Cleo is an author now: ${await refused(this.#acts.decide(comms, 'comms', reply, 'approve'))}`);
    const carl = (await this.#acts.get(agent, reply)).route?.reviews.find(({ review }) => review === 'comms')
      ?.eligible[0];
    this.#note(`${carl?.name ?? 'Nobody'} can, and did; Leo approved once more.`);
    await script.pass(3 * MINUTE);
    await this.#acts.decide(other, 'comms', reply, 'approve');
    await this.#acts.decide(legal, 'legal', reply, 'approve');
  }

  async #publish({
    agent,
    comms,
    legal,
    reply,
  }: {
    agent: Actor;
    comms: Actor;
    legal: Actor;
    reply: ReplyId;
  }): Promise<void> {
    const script = this.#script;
    await script.pass(2 * MINUTE);
    await comms.desk.publishing.pause({
      commandId: script.command(),
      reason: 'A recall is announced at noon.',
      passphrase: PASSPHRASE,
    });
    this.#say('Cleo paused all publishing. Releasing is refused:');
    this.#note(await refused(this.#acts.release(agent, reply)));
    await script.pass(4 * MINUTE);
    await legal.desk.publishing.proposeResume({ commandId: script.command(), passphrase: PASSPHRASE });
    this.#note(
      `Leo proposed to lift it; alone he cannot: ${await refused(legal.desk.publishing.resume({ commandId: script.command(), passphrase: PASSPHRASE }))}`,
    );
    await comms.desk.publishing.resume({ commandId: script.command(), passphrase: PASSPHRASE });
    this.#note('Cleo agreed: publishing is on again.');
    await script.pass(MINUTE);
    await this.#acts.release(agent, reply);
    await script.settle();
    const view = await this.#acts.get(agent, reply);
    this.#say(`Agnes released it. It is ${view.state}: ${view.publication?.receipt?.address ?? ''}`);
    this.#note(
      `Read back: ${view.publication?.readback?.outcome === 'same' ? 'the channel shows exactly the approved text' : 'something is wrong'}.`,
    );
    const posts = (await agent.desk.practice.threads({ channel: null })).posts.filter(({ isOurs }) => isOurs);
    this.#note(`On the channel there is ${String(posts.length)} post of ours: “${posts[0]?.text ?? ''}”`);
    if (posts.length !== 1 || posts[0]?.text !== textOf(view.revisions.at(-1)?.document ?? { lines: [] })) {
      throw new Error('what is public is not what was approved, once');
    }
  }

  async #followUp({ agent, reply, channel }: { agent: Actor; reply: ReplyId; channel: ChannelId }): Promise<void> {
    const script = this.#script;
    const view = await this.#acts.get(agent, reply);
    await script.pass(20 * MINUTE);
    await agent.desk.practice.post({
      channel,
      handle: 'sam.example',
      text: 'Thursday is fine. Thank you for answering at last.',
      language: 'en',
      parent: view.publication?.receipt?.id ?? null,
    });
    const { opened } = await agent.desk.mention.fetchAnswers({ commandId: script.command(), reply });
    const next = opened[0] ? await this.#acts.get(agent, opened[0]) : null;
    this.#say(`The customer answered, which reopened the matter: “${next?.post?.text ?? ''}”`);
    this.#note(`${String(next?.thread.length ?? 0)} posts stand above it, ours among them.`);
  }

  async #audit(auditor: Actor, reply: ReplyId): Promise<void> {
    const script = this.#script;
    this.#say('Uma audits. She can change nothing:');
    this.#note(await refused(this.#acts.release(auditor, reply)));
    this.#note('The story of the reply:');
    for (const { seq, at, type, values, text } of (await auditor.desk.reply.story({ reply })).entries) {
      this.#print(
        `      ${String(seq).padStart(4)}  ${at}  ${storyInWords(type, values)}${text === null ? '' : ` “${text}”`}`,
      );
    }
    for await (const event of await auditor.desk.journal.verify({ commandId: script.command() })) {
      if (event.kind === 'done') {
        this.#say(
          `Uma verified the journal from its files: ${String(event.result.size)} records, ${event.result.ok ? 'all sound' : 'NOT sound'}.`,
        );
      }
    }
    const page = await auditor.desk.journal.exportStory({
      commandId: script.command(),
      reply,
      timeZone: 'Europe/Berlin',
    });
    const path = join(script.host.desk.folder, '..', page.fileName);
    writeFileSync(path, page.html);
    this.#note(`She exported the story with its proofs: ${path}`);
  }

  async cleanUp(): Promise<void> {
    await this.#script.close();
  }
}

/**
 * Plays the whole job without a screen and verifies its trail.
 * @returns whether the journal verified
 */
export const runDemo = async ({ folder, print }: DemoOptions): Promise<boolean> => {
  const home = mkdtempSync(join(tmpdir(), 'countersign-demo-'));
  const target = folder ?? join(home, 'workspace');
  try {
    const machine = fileMachineSecret(join(home, 'machine.key'), diskStorage);
    const script = await ScriptDesk.create({
      folder: target,
      home,
      name: 'Demo desk',
      adminName: 'Ada',
      passphrase: PASSPHRASE,
      isSample: false,
      machine,
      cost: PRACTICE_COST,
      logger: pino({ level: 'error' }),
      start: Date.now() - 2 * 60 * MINUTE,
    });
    const demo = new Demo(script, print);
    try {
      await demo.play();
    } finally {
      await demo.cleanUp();
    }
    const result = await verifyWorkspace(target, { rules: new JournalRules(nodeCrypto) });
    print('');
    print(`countersign verify ${target}`);
    print(`${result.ok ? 'ok' : 'NOT OK'}: ${String(result.size)} records, root ${result.root}`);
    print(`fingerprint ${result.fingerprint}`);
    for (const { seq, code, message } of result.problems) print(`problem at ${String(seq)}: ${code}: ${message}`);
    if (folder !== undefined) {
      print('');
      print(`Look at it: countersign serve --workspace ${target} (everybody’s passphrase: ${PASSPHRASE})`);
    }
    return result.ok;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};
