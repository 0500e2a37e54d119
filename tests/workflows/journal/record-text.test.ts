import { describe, expect, it } from 'vitest';
import { NotCanonicalError } from '#workflows/journal/canonical.ts';
import {
  leafBytes,
  parentBytes,
  signedBytes,
  type JournalRecord,
  type UnplacedRecord,
} from '#workflows/journal/record.ts';
import { RecordText } from '#workflows/journal/record-text.ts';
import { honestJournal } from '../../journal/honest-journal.ts';

const unplaced = (record: JournalRecord): UnplacedRecord => {
  const { seq: _seq, at: _at, cont: _cont, ...rest } = record;
  return rest;
};

const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const expectSame = (text: RecordText, record: JournalRecord, origin: string): void => {
  expect(decoded(text.leafAt(record))).toBe(decoded(leafBytes(record)));
  expect(text.followed).toBe(decoded(parentBytes(record)));
  expect(decoded(text.message(origin))).toBe(decoded(signedBytes(record, origin)));
};

describe('the texts of a record that is put together', () => {
  const { journal } = honestJournal(78, 200);

  it('are those of its canonical form, signed or not, alone or followed by another of its command', () => {
    expect(new Set(journal.records.map(({ cont, sig }) => `${String(cont)} ${String(sig !== undefined)}`)).size).toBe(
      4,
    );
    for (const record of journal.records) expectSame(RecordText.of(unplaced(record)), record, journal.origin);
  });

  it('are the same whatever order its members were written in', () => {
    for (const record of journal.records.slice(0, 40)) {
      const turned = Object.fromEntries(Object.entries(unplaced(record)).reverse()) as unknown as UnplacedRecord;
      expectSame(RecordText.of(turned), record, journal.origin);
    }
  });

  it('are completed by the value of the signature, which the message does not cover', () => {
    const signed = journal.records.filter(({ sig }) => sig);
    expect(signed.length).toBeGreaterThan(0);
    for (const record of signed) {
      const unsigned = RecordText.of({ ...unplaced(record), sig: { ...record.sig!, value: '' } });
      const completed = unsigned.signedWith(record.sig!.value);
      expect(completed.record).toEqual(unplaced(record));
      expectSame(completed, record, journal.origin);
      expect(unsigned.message(journal.origin)).toEqual(completed.message(journal.origin));
    }
  });

  it('hold members that no record has in their own places, as any reader would find them', () => {
    const [record] = journal.records;
    const more = { ...record!, a: 1, az: 2, cz: 3, ses: 4, sf: 5, '\u{1f600}"': 6, zz: { y: [null], x: 'ä' } };
    expectSame(RecordText.of(unplaced(more)), more, journal.origin);
  });

  it.each([
    ['half a character', { text: '\ud800' }],
    ['a fraction', { number: 0.5 }],
    ['a member that is not there', { nothing: undefined }],
  ])('are refused with %s', (_what, data) => {
    const record = { ...unplaced(journal.records[1]!), data: data as unknown as JournalRecord['data'] };
    expect(() => RecordText.of(record)).toThrow(NotCanonicalError);
  });

  it('have no value where there is no signature to complete', () => {
    const { sig: _sig, ...record } = unplaced(journal.records[1]!);
    expect(() => RecordText.of(record).signedWith('AAAA')).toThrow('no signature');
  });
});
