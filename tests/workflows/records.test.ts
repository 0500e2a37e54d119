import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { canonicalBytes, problemInValue } from '#workflows/journal/canonical.ts';
import { leafBytes, readLeaf, type JournalRecord } from '#workflows/journal/record.ts';
import { isSubjectOfType, problemWithWriter, writerOf } from '#workflows/journal/writers.ts';
import { isKnownType, readKnownRecord, RECORD_SCHEMAS, timeOf } from '#workflows/records.ts';
import { START } from './cast.ts';
import { RECORD_EXAMPLES, RECORD_TYPES, recordOf } from './record-examples.ts';
import { changedStringsIn, looseObjectsIn, numbersThatAreNoIntegersIn, objectsIn } from './schema-walk.ts';

const schemaOf = (type: keyof typeof RECORD_SCHEMAS): z.ZodType => RECORD_SCHEMAS[type];
const asRecord = (record: unknown): JournalRecord => record as JournalRecord;

test('there is an example of every type, and of no other', () => {
  expect([...RECORD_TYPES].sort()).toEqual(Object.keys(RECORD_SCHEMAS).sort());
});

describe.each(RECORD_TYPES)('%s', (type) => {
  test('has a writer, and its subject is of its kind', () => {
    const writer = writerOf(type);
    expect(writer).not.toBeNull();
    const { actor, subject, data } = asRecord(recordOf(type));
    expect(writer && problemWithWriter(writer, actor, { subject, data })).toBeNull();
    expect(isSubjectOfType(type, subject)).toBe(true);
    expect(isSubjectOfType(type, subject === 'audit' ? 'clock' : 'audit')).toBe(false);
  });

  test('has data that the journal can hold', () => {
    expect(problemInValue(RECORD_EXAMPLES[type])).toBeNull();
    expect(numbersThatAreNoIntegersIn(schemaOf(type))).toEqual([]);
    const record = asRecord(recordOf(type));
    const reading = readLeaf(leafBytes(record));
    expect(reading.ok && reading.record).toEqual(record);
  });

  test('is read back as what it is', () => {
    const record = asRecord(recordOf(type));
    expect(readKnownRecord(record)).toEqual({ ok: true, record });
    expect(canonicalBytes(schemaOf(type).parse(record.data))).toEqual(canonicalBytes(record.data));
  });

  test('is not changed by being read: what is accepted is what was signed', () => {
    expect(changedStringsIn(schemaOf(type))).toEqual([]);
  });

  test('refuses a member that it does not know, at every depth', () => {
    const { data, ...rest } = asRecord(recordOf(type));
    const reading = readKnownRecord({ ...rest, data: { ...data, unknown: true } });
    expect(reading).toMatchObject({ ok: false, cause: 'badData' });
    expect(looseObjectsIn(schemaOf(type))).toEqual([]);
    expect(objectsIn(schemaOf(type)).length).toBeGreaterThan(0);
  });

  test('refuses data with a member missing', () => {
    const { data, ...rest } = asRecord(recordOf(type));
    for (const name of Object.keys(data)) {
      const { [name]: _left, ...without } = data;
      // An erasure that lists no file says so.
      const isList = type === 'subject.erased' && name === 'evidence';
      const isOptional = ['evidence', 'sample', 'answers'].includes(name) && !isList;
      expect([name, readKnownRecord({ ...rest, data: without }).ok]).toEqual([name, isOptional]);
    }
  });
});

test('a type of a later version is not known, and the desk says so', () => {
  const record = { ...asRecord(recordOf('reply.closed')), type: 'reply.closed/2' };
  expect(readKnownRecord(record)).toMatchObject({ ok: false, cause: 'unknownType' });
  expect(isKnownType('toString')).toBe(false);
  expect(isKnownType('reply.closed')).toBe(true);
});

test('a record counts from when it was signed, and one of the program from its place', () => {
  expect(timeOf(recordOf('reply.closed'))).toBe(asRecord(recordOf('reply.closed')).sig?.at);
  expect(timeOf(recordOf('reply.closed'))).not.toBe(START);
  expect(timeOf(recordOf('reply.breached'))).toBe(START);
});

test('a refusal of data names the member', () => {
  const record = asRecord(recordOf('reply.released'));
  expect(readKnownRecord({ ...record, data: { ...record.data, contentHash: 'ABC' } })).toMatchObject({
    ok: false,
    message: expect.stringContaining('data.contentHash') as unknown,
  });
});
