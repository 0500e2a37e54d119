import { z } from 'zod';
import { hex256Schema } from '../identifiers.ts';
import { reviewKindSchema } from '../people/roles.ts';
import { policyContentSchema } from '../policy/policy.ts';
import { templateContentSchema } from '../template/template.ts';

const version = z.int().positive();
const hashed = { version, contentHash: hex256Schema };
/** Free text, plain: templates and policy are not personal. */
const reason = z.string().min(1).max(2_000);

const submitted = z.strictObject(hashed);
const approved = z.strictObject({ review: reviewKindSchema, ...hashed });
const returned = z.strictObject({ review: reviewKindSchema, ...hashed, reason });
const retired = z.strictObject({ version, reason });

/** Data of every type on `template/<ULID>`. */
export const TEMPLATE_RECORDS = {
  'template.revised': z.strictObject({ ...hashed, content: templateContentSchema }),
  'template.submitted': submitted,
  'template.approved': approved,
  'template.changesRequested': returned,
  'template.rejected': returned,
  'template.retired': retired,
} as const;

/** Data of every type on `policy`. */
export const POLICY_RECORDS = {
  'policy.revised': z.strictObject({ ...hashed, content: policyContentSchema }),
  'policy.submitted': submitted,
  'policy.approved': approved,
  'policy.changesRequested': returned,
  'policy.rejected': returned,
  'policy.retired': retired,
} as const;
