import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import { QUEUES } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import type { TestDesk } from './desk.fixture.ts';

/**
 * How long the outbox waits before it looks on the channel once more counts its own looks, which no record keeps: only the
 * time of the next look may differ after a restart.
 */
const withoutNextLook = (view: ReplyView): ReplyView =>
  view.publication && ['reconciling', 'succeeded'].includes(view.publication.state)
    ? { ...view, publication: { ...view.publication, retryAt: null } }
    : view;

/** Everything that people of different roles see of a desk, as JSON. Precondition: they are signed in. */
export const viewsOf = async (desk: TestDesk, replies: readonly ReplyId[]): Promise<Record<string, unknown>> => {
  const views: Record<string, unknown> = {};
  for (const { who, desk: client } of [desk.people.agnes, desk.people.cleo, desk.people.uma]) {
    views[`${who} overview`] = await client.desk.overview();
    for (const queue of QUEUES) views[`${who} ${queue}`] = await client.reply.list({ queue });
    for (const reply of replies) views[`${who} ${reply}`] = withoutNextLook(await client.reply.get({ reply }));
  }
  const { uma } = desk.people;
  for (const reply of replies) views[`story of ${reply}`] = await uma.desk.reply.story({ reply });
  const { templates } = await uma.desk.template.list({});
  for (const { id } of templates) views[id] = await uma.desk.template.get({ template: id });
  views.templates = templates;
  views.policy = await uma.desk.policy.get();
  views.people = await uma.desk.people.list();
  views.channels = await uma.desk.channel.list();
  const filter = { view: 'everything', from: null, to: null, person: null, role: null, channel: null } as const;
  views.log = await uma.desk.journal.log({ filter });
  return JSON.parse(JSON.stringify(views)) as Record<string, unknown>;
};
