import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPhrase, firstPhraseIn } from '#workflows/checks/find-words.ts';

const placesOf = (text: string, phrase: string): string[] => findPhrase(text, phrase).map((passage) => passage.text);

describe('a phrase is found', () => {
  test.each([
    ['as a whole word', 'A refund follows.', 'refund', ['refund']],
    ['whatever its case', 'REFUND or Refund', 'refund', ['REFUND', 'Refund']],
    ['at the ends of the text', 'refund, no refund', 'refund', ['refund', 'refund']],
    ['beside punctuation', '(refund)! “refund”', 'refund', ['refund', 'refund']],
    ['across any white space', 'money \n\t back', 'money back', ['money \n\t back']],
    ['with white space around it in the policy', 'no refund', '  refund ', ['refund']],
    ['with signs in it', 'C++ and (c) and a.b and 50 %', 'C++', ['C++']],
    ['with brackets in it', 'this is (c) Acme', '(c)', ['(c)']],
    ['with a slash in it', 'and/or', 'and/or', ['and/or']],
    ['with a hyphen in it', 'a money-back promise', 'money-back', ['money-back']],
    ['with a dot that stands for itself', 'axb a.b', 'a.b', ['a.b']],
    ['with letters of other scripts', 'Мы вернём деньги.', 'вернём', ['вернём']],
    ['in Greek, whatever its case', 'ΕΠΙΣΤΡΟΦΗ', 'επιστροφη', ['ΕΠΙΣΤΡΟΦΗ']],
    ['in German, whatever its case', 'ENTSCHÄDIGUNG', 'entschädigung', ['ENTSCHÄDIGUNG']],
    ['in Arabic', 'سنعيد لك المال غدا', 'المال', ['المال']],
    ['in Hindi', 'हम हिन्दी में', 'हिन्दी', ['हिन्दी']],
    ['in Chinese, where no space tells words apart', '我们会退款给您', '退款', ['退款']],
    ['in Japanese likewise', '返金いたします', '返金', ['返金']],
    ['in Thai likewise', 'เราจะคืนเงินให้', 'คืนเงิน', ['คืนเงิน']],
    ['in Burmese likewise', 'ငွေပြန်အမ်းပါမည်', 'ပြန်အမ်း', ['ပြန်အမ်း']],
    ['in a text of another Unicode form', 'un re\u0301sume\u0301', 'résumé', ['re\u0301sume\u0301']],
    ['with a joiner hidden in it', 'we guar\u200dantee it', 'guarantee', ['guar\u200dantee']],
    ['with a joiner in the policy', 'we guarantee it', 'guar\u200cantee', ['guarantee']],
    ['with a selector hidden behind it', '❤\ufe0frefund\ufe0f!', 'refund', ['refund\ufe0f']],
    ['after a character of several units', 'e\u0301 👋🏽 refund', 'refund', ['refund']],
    ['beside an underscore', '_refund_', 'refund', ['refund']],
    ['twice side by side', 'no no', 'no', ['no', 'no']],
  ])('%s', (_, text, phrase, places) => {
    expect(placesOf(text, phrase)).toEqual(places);
  });
});

describe('a phrase is not found', () => {
  test.each([
    ['within a longer word', 'refunding prefund', 'refund'],
    ['within a number', '1500', '50'],
    ['within a word of another script', 'невернёмся', 'вернём'],
    ['within a German compound', 'Schadenersatzforderung', 'Ersatz'],
    ['where an accent makes it another word', 'cafe\u0301', 'cafe'],
    ['where a vowel sign makes it another word', 'हिन्दी', 'हिन्द'],
    ['where an Arabic mark makes it another word', 'مُدَّة', 'مُد'],
    ['where another word stands between', 'money is back', 'money back'],
    ['where its dot would stand for any letter', 'axb', 'a.b'],
  ])('%s', (_, text, phrase) => {
    expect(placesOf(text, phrase)).toEqual([]);
  });

  test.each([' ', '\u200d', '\ufe0f \u200b'])(
    'when nothing in it can be seen, %j: that would stand everywhere',
    (phrase) => {
      expect(placesOf('a - b, c', phrase)).toEqual([]);
    },
  );
});

test('a passage is the place in the text as it was given', () => {
  const text = '👋🏽 Dear Ann, a refund follows.';
  for (const { from, to, text: found } of findPhrase(text, 'REFUND')) expect(text.slice(from, to)).toBe(found);
  expect(findPhrase(text, 'refund')).toEqual([{ from: 17, to: 23, text: 'refund' }]);
});

test('any phrase that a policy may hold is looked for as it stands, and is no pattern', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (phrase) => {
      const word = phrase.trim().normalize('NFC');
      const found = placesOf(`( ${word} )`, phrase);
      expect(found).not.toContain('');
      if (/^[\p{L}\p{N}]+$/u.test(word)) expect(found).toEqual([word]);
    }),
    { numRuns: 300 },
  );
});

test('every sign of ASCII can stand in a phrase', () => {
  const failing = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter((sign) => {
    try {
      return sign !== ' ' && placesOf(`x a${sign}b y`, `a${sign}b`).join() !== `a${sign}b`;
    } catch {
      return true;
    }
  });
  expect(failing).toEqual([]);
});

test('looking for a phrase again finds it again', () => {
  expect(placesOf('refund', 'refund')).toEqual(placesOf('refund', 'refund'));
});

test('the first phrase of a list that stands in the text is named', () => {
  expect(firstPhraseIn('a refund, says my lawyer', ['court', 'lawyer', 'refund'])).toBe('lawyer');
  expect(firstPhraseIn('nothing', ['court'])).toBeNull();
  expect(firstPhraseIn('nothing', [])).toBeNull();
});
