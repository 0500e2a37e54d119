import { z } from 'zod';
import { reviewKindSchema, type ReviewKind } from '../people/roles.ts';

/** Why a review is demanded: the rule's id in its policy version and the rule's own words. */
export const routeReasonSchema = z.strictObject({ rule: z.string().max(40), reason: z.string().max(300) });
export type RouteReason = z.infer<typeof routeReasonSchema>;

export const routeSchema = z.strictObject({
  /** Version of the policy that was read; 0 is the program's own default. */
  policy: z.int().nonnegative(),
  order: z.enum(['parallel', 'inOrder']),
  reviews: z
    .array(z.strictObject({ review: reviewKindSchema, reasons: z.array(routeReasonSchema).min(1) }))
    .min(1)
    .refine(
      (reviews) => new Set(reviews.map(({ review }) => review)).size === reviews.length,
      'a review is listed twice',
    ),
  /** How long an approval counts, in hours from when it was signed. */
  validityHours: z.int().positive(),
  /** Whether an author may also release the reply. */
  authorMayRelease: z.boolean(),
});

/** The reviews that a policy demands for one reply, and why. */
export type Route = z.infer<typeof routeSchema>;

export const isRequired = (route: Route | null, review: ReviewKind): boolean =>
  route?.reviews.some((entry) => entry.review === review) ?? false;

/** The reviews that must be approved before this one's turn; none when the route runs in parallel, or there is none. */
export const reviewsBefore = (route: Route | null, review: ReviewKind): ReviewKind[] => {
  if (route?.order !== 'inOrder') return [];
  const names = route.reviews.map((entry) => entry.review);
  return names.slice(0, Math.max(0, names.indexOf(review)));
};
