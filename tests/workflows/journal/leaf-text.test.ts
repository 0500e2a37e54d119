import { describe, expect, it } from 'vitest';
import { canonicalText } from '#workflows/journal/canonical.ts';
import { unplacedTexts } from '#workflows/journal/leaf-text.ts';
import { leafBytes, parentBytes, signedBytes, signedMessage, type JournalRecord } from '#workflows/journal/record.ts';
import { honestJournal } from '../../journal/honest-journal.ts';
import { LyingJournal } from './lying-journal.ts';

const textOf = (record: JournalRecord): string => new TextDecoder().decode(leafBytes(record));

const expectCut = (record: JournalRecord, origin: string): void => {
  const texts = unplacedTexts(textOf(record), record);
  expect(texts?.followed).toBe(new TextDecoder().decode(parentBytes(record)));
  if (record.sig && texts) expect(signedMessage(texts.signed, origin)).toEqual(signedBytes(record, origin));
};

describe('the texts that are hashed and signed', () => {
  it('are cut out of a record as they would be made from it anew', () => {
    const { journal } = honestJournal(77, 200);
    expect(new Set(journal.records.map(({ cont }) => cont)).size).toBe(2);
    expect(journal.records.some(({ sealed }) => sealed)).toBe(true);
    expect(journal.records.some(({ reads }) => reads)).toBe(true);
    for (const record of journal.records) expectCut(record, journal.origin);
  });

  it('are not misled by data that look like the members around them', () => {
    const { journal, claim } = fixture();
    const traps = [
      ',"at":"2026-11-02T08:03:40.191Z","command":"',
      ',"seq":9,"sig":{"at":"',
      ',"subject":"policy","type":"reply.claimed","v":1,"version":0}',
      '","value":"',
    ];
    for (const trap of traps) {
      const [record] = journal.draft([{ ...claim, data: { person: trap, [trap]: [trap, { [trap]: trap }] } }]);
      expectCut(record!, journal.origin);
      expect(canonicalText(record)).toBe(textOf(record!));
    }
  });

  it('are not cut where the text is not that of the record', () => {
    const { journal, claim } = fixture();
    const [record] = journal.draft([claim]);
    const text = textOf(record!);
    expect(unplacedTexts(text, record!)).not.toBeNull();
    for (const other of [{ version: 8 }, { seq: 3 }, { at: '2026-11-02T08:00:00.000Z' }, { type: 'reply.closed' }]) {
      expect(unplacedTexts(text, { ...record!, ...other })).toBeNull();
    }
  });
});

const fixture = () => {
  const desk = new LyingJournal();
  return { journal: desk.journal, claim: desk.claim() };
};
