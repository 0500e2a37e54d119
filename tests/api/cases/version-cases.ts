import { ulid } from 'ulid';
import type { ReviewKind } from '#workflows/people/roles.ts';
import { PASSPHRASE } from '../../core/roster.ts';
import { LATE_DELIVERY, policyWith } from '../../core/wording.ts';
import { NAMES, refusedTo, type Place, type ProcedureCase } from '../procedure-case.ts';

const reviewersOnly = refusedTo('agnes', NAMES.reviewers);
/** Carl wrote it. */
const commsOnly = refusedTo('agnes', ['Cleo', 'Kay'], 'notAReviewer');

const written = async ({ desk }: Place) => desk.flow.templateTarget(await desk.flow.writtenTemplate(LATE_DELIVERY));

const inReview = async (place: Place) => {
  const target = await written(place);
  await place.desk.people.carl.desk.template.submit(target);
  const { template, version } = target;
  const review: ReviewKind = 'comms';
  return { ...(await place.desk.flow.templateTarget({ template, version })), review, passphrase: PASSPHRASE };
};

const policyContent = () => policyWith({ name: `Rules ${ulid()}` });

const policyWritten = async ({ desk }: Place) => {
  const saved = await desk.people.carl.desk.policy.revise({ commandId: desk.command(), content: policyContent() });
  const { version, contentHash } = saved;
  return { commandId: desk.command(), version, contentHash };
};

const policyInReview = async (place: Place) => {
  const target = await policyWritten(place);
  await place.desk.people.carl.desk.policy.submit(target);
  const review: ReviewKind = 'comms';
  return { ...target, commandId: place.desk.command(), review, passphrase: PASSPHRASE };
};

const reason = { reason: 'Say it more plainly.' };

const TEMPLATE_CASES = {
  'template.list': { by: 'uma', access: 'everybody', input: () => ({ search: '' }) },
  'template.usable': {
    by: 'uma',
    access: 'everybody',
    input: async ({ desk }) => ({ reply: await desk.flow.captured() }),
  },
  'template.get': {
    by: 'uma',
    access: 'everybody',
    input: async (place) => ({ template: (await written(place)).template }),
  },
  'template.revise': {
    by: 'carl',
    access: reviewersOnly,
    input: ({ desk }) => ({ commandId: desk.command(), template: null, content: LATE_DELIVERY }),
  },
  'template.submit': { by: 'carl', access: reviewersOnly, input: written },
  'template.approve': { by: 'cleo', access: commsOnly, input: inReview },
  'template.requestChanges': {
    by: 'cleo',
    access: commsOnly,
    input: async (place) => ({ ...(await inReview(place)), ...reason }),
  },
  'template.reject': {
    by: 'cleo',
    access: commsOnly,
    input: async (place) => ({ ...(await inReview(place)), ...reason }),
  },
  'template.retire': {
    by: 'cleo',
    access: reviewersOnly,
    input: async ({ desk }) => {
      const { template, version } = await desk.flow.approvedTemplate(LATE_DELIVERY);
      return { commandId: desk.command(), template, version, ...reason, passphrase: PASSPHRASE };
    },
  },
} satisfies Record<string, ProcedureCase>;

const POLICY_CASES = {
  'policy.get': { by: 'uma', access: 'everybody' },
  'policy.revise': {
    by: 'carl',
    access: reviewersOnly,
    input: ({ desk }) => ({ commandId: desk.command(), content: policyContent() }),
  },
  'policy.submit': { by: 'carl', access: reviewersOnly, input: policyWritten },
  'policy.approve': { by: 'cleo', access: commsOnly, input: policyInReview },
  'policy.requestChanges': {
    by: 'cleo',
    access: commsOnly,
    input: async (place) => ({ ...(await policyInReview(place)), ...reason }),
  },
  'policy.reject': {
    by: 'cleo',
    access: commsOnly,
    input: async (place) => ({ ...(await policyInReview(place)), ...reason }),
  },
} satisfies Record<string, ProcedureCase>;

export const VERSION_CASES = { ...TEMPLATE_CASES, ...POLICY_CASES };
