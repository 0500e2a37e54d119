import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Subject } from '#workflows/identifiers.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import { isSubjectOfType, problemWithWriter, writerOf } from '#workflows/journal/writers.ts';
import { ROLES } from '#workflows/people/roles.ts';
import { isKnownType, RECORD_SCHEMAS } from '#workflows/records.ts';
import { ANA, as, BEN } from '../cast.ts';
import { RECORD_TYPES, recordOf } from '../record-examples.ts';

const types = fc.oneof(
  fc.constantFrom<string>(...RECORD_TYPES),
  // Types that this version does not write, and that its table may still have a row for.
  fc.tuple(fc.constantFrom(...RECORD_TYPES), fc.constantFrom('/2', 'd', '.x')).map((parts) => parts.join('')),
  fc.string().map((name) => `brand.${name}`),
  fc.string(),
);
const subjects = fc.oneof(
  fc.constantFrom<Subject>(ANA, BEN, 'audit', 'policy', 'publishing'),
  fc.constantFrom(...RECORD_TYPES).map((type) => recordOf(type).subject),
);
const data: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constantFrom(...RECORD_TYPES).map((type) => recordOf(type).data as unknown as JsonObject),
  fc.record({ review: fc.constantFrom(...ROLES) }),
);

/** Whether a record may be appended as far as its type, its subject, its data and its writer tell. */
const isTaken = (type: string, subject: Subject, content: JsonObject, actor: ReturnType<typeof as>): boolean => {
  const writer = writerOf(type);
  const fits = !isKnownType(type) || RECORD_SCHEMAS[type].safeParse(content).success;
  return (
    writer !== null &&
    fits &&
    isSubjectOfType(type, subject) &&
    problemWithWriter(writer, actor, { subject, data: content }) === null
  );
};

const isOfAuditor = (type: string, subject: Subject): boolean =>
  type.startsWith('audit.') || (type.startsWith('person.') && subject === ANA);

test('an auditor appends nothing but audit records and records about their own key, whatever they try', () => {
  fc.assert(
    fc.property(types, subjects, data, (type, subject, content) => {
      expect(isTaken(type, subject, content, as(ANA, 'auditor')) && !isOfAuditor(type, subject)).toBe(false);
    }),
    { numRuns: 3_000 },
  );
});

test('an auditor can append what is theirs', () => {
  for (const type of ['audit.read', 'audit.verified', 'audit.exported', 'person.keyRevoked'] as const) {
    const { subject, data: content } = recordOf(type);
    expect(isTaken(type, subject, content as unknown as JsonObject, as(ANA, 'auditor'))).toBe(true);
  }
});
