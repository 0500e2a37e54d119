import type { ReplyId, TemplateId } from '#workflows/identifiers.ts';
import { documentOfText } from '#workflows/content/document.ts';
import type { TestDesk } from './desk.fixture.ts';
import type { KnownValues } from './sample-input.ts';
import { PASSPHRASE } from './roster.ts';
import { HOUR } from './test-clock.ts';
import { LATE_DELIVERY, policyWith } from './wording.ts';

/** Something of everything that a procedure can be about. */
export interface BusyDesk {
  readonly replies: Readonly<Record<string, ReplyId>>;
  readonly template: TemplateId;
  /** Address of a post that nobody has captured. */
  readonly address: string;
  readonly pendingKey: string;
}

/** Fills a desk: a reply in each of the states that matter, a template, a policy and a key that wait for somebody. */
export const makeBusy = async (desk: TestDesk): Promise<BusyDesk> => {
  const { flow, people } = desk;
  const { carl, leo, ada, ben } = people;
  const rejected = await flow.inReview();
  await leo.desk.reply.reject({ ...(await flow.decision(rejected, 'legal')), reason: 'No.' });
  const held = await flow.captured('Held');
  await leo.desk.reply.placeHold({ ...(await flow.target(held)), reason: 'A claim.', passphrase: PASSPHRASE });
  const scheduled = await flow.approved('Scheduled.');
  await flow.schedule(scheduled, new Date(desk.clock.now() + 5 * HOUR).toISOString());
  const published = await flow.published();
  const replies = {
    captured: await flow.captured(),
    drafted: await flow.drafted(),
    inReview: await flow.inReview(),
    approved: await flow.approved(),
    rejected,
    held,
    scheduled,
    published,
    queued: await flow.released(),
  };
  const { template } = await flow.writtenTemplate(LATE_DELIVERY);
  await carl.desk.template.submit(await flow.templateTarget({ template, version: 1 }));
  const saved = await carl.desk.policy.revise({ commandId: desk.command(), content: policyWith({ name: 'Ours' }) });
  const { version, contentHash } = saved;
  await carl.desk.policy.submit({ commandId: desk.command(), version, contentHash });
  const { code } = await ada.desk.people.invite({ commandId: desk.command(), person: ben.id });
  await ben.desk.session.acceptInvitation({ code, passphrase: PASSPHRASE });
  await ada.desk.people.registerKey({ commandId: desk.command(), person: ben.id });
  const { people: listed } = await people.uma.desk.people.list();
  return {
    replies,
    template,
    address: (await flow.post('Nobody has seen this')).address,
    pendingKey: listed.find(({ id }) => id === ben.id)?.keyId ?? '',
  };
};

/** What the fields of a call about one of the replies can hold. */
export const valuesFor = async (desk: TestDesk, busy: BusyDesk, reply: ReplyId): Promise<KnownValues> => {
  const { people, channel, clock } = desk;
  const view = await desk.flow.view(reply);
  const newest = view.revisions.at(-1);
  const { policy } = people.uma.desk;
  const policyHash = (await policy.get()).versions.at(-1)?.contentHash;
  const template = await desk.flow.templateTarget({ template: busy.template, version: 1 });
  return {
    commandId: [desk.command()],
    reply: [reply],
    into: [busy.replies.captured],
    template: [busy.template],
    channel: [channel],
    customer: [desk.host.desk.tables.replies.get(reply)?.customer],
    person: [people.ben.id],
    to: [people.agnes.id],
    key: [busy.pendingKey],
    version: [view.version],
    revision: [newest?.revision ?? 0],
    basedOn: [newest?.revision ?? 0],
    contentHash: [newest?.contentHash ?? policyHash ?? template.contentHash],
    review: ['comms'],
    passphrase: [PASSPHRASE],
    current: [PASSPHRASE],
    document: [documentOfText('Other words')],
    content: [LATE_DELIVERY, policyWith({ name: 'Theirs' })],
    address: [busy.address, ''],
    language: ['en'],
    at: [clock.time()],
    scheduledFor: [new Date(clock.now() + HOUR).toISOString()],
    outcome: ['noResponse'],
    roles: [['agent']],
    name: ['Somebody new'],
    parent: [null],
    seq: [0],
    asOf: [desk.size - 1],
    timeZone: ['UTC'],
  };
};

/** The same for what has versions of its own, where `version` and `contentHash` mean another thing. */
export const valuesForVersions = async (desk: TestDesk, busy: BusyDesk, name: string): Promise<KnownValues> => {
  const values = await valuesFor(desk, busy, busy.replies.inReview!);
  const { uma, ben } = desk.people;
  if (name.startsWith('template.')) {
    const { contentHash } = await desk.flow.templateTarget({ template: busy.template, version: 1 });
    return { ...values, version: [1], contentHash: [contentHash] };
  }
  if (name.startsWith('policy.')) {
    const newest = (await uma.desk.policy.get()).versions.at(-1);
    return { ...values, version: [newest?.version], contentHash: [newest?.contentHash] };
  }
  if (name.startsWith('channel.')) {
    const { channels } = await uma.desk.channel.list();
    return { ...values, version: [channels[0]?.version] };
  }
  if (name.startsWith('erasure.')) return { ...values, version: [0] };
  const { people } = await uma.desk.people.list();
  return { ...values, version: [people.find(({ id }) => id === ben.id)?.version] };
};
