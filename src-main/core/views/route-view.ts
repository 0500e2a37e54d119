import type { RouteView } from '#workflows/contract/reply.contract.ts';
import type { Route } from '#workflows/policy/route.ts';
import type { ReviewKind } from '#workflows/people/roles.ts';
import type { DeskReading } from '../desk-reading.ts';
import type { ReplyEntry } from '../state/tables.ts';
import type { Viewer } from '../viewer.ts';
import { personRef } from './references.ts';
import { eligibleFor, openReviews } from './waiting.ts';

const stateOf = (entry: ReplyEntry, review: ReviewKind): 'waiting' | 'deciding' | 'approved' => {
  if (entry.state.context.decisions[review]) return 'approved';
  return openReviews(entry).includes(review) ? 'deciding' : 'waiting';
};

/** A route in words: who decides, why, and how far it is. `isForecast` for one that submitting has not fixed yet. */
export const routeView = (
  desk: DeskReading,
  entry: ReplyEntry,
  viewer: Viewer,
  { route, isForecast }: { route: Route; isForecast: boolean },
): RouteView => ({
  policy: route.policy,
  policyName: desk.policyVersion(route.policy).name,
  order: route.order,
  isForecast,
  validityHours: route.validityHours,
  reviews: route.reviews.map(({ review, reasons }) => {
    const approval = isForecast ? undefined : entry.approvals[review];
    const eligible = eligibleFor(desk, entry, review);
    return {
      review,
      reasons,
      state: isForecast ? 'waiting' : stateOf(entry, review),
      decidedBy: approval ? personRef(desk, approval.by) : null,
      decidedAt: approval?.at ?? null,
      comment: approval ? desk.texts.note(approval.seq) : null,
      eligible,
      isMine: eligible.some(({ id }) => id === viewer.person),
    };
  }),
});
