import { describe, expect, test } from 'vitest';
import { minutesOf, promiseOf, promiseSpans, spanOf, wholeNumber } from '#renderer/channels/span.ts';
import { completeAddress, isServerAddress } from '#renderer/channels/usual-addresses.ts';

describe('a length of time that is typed', () => {
  test('is a whole number above 0, and at most 30 days', () => {
    expect(minutesOf({ amount: ' 90 ', unit: 'minutes' })).toBe(90);
    expect(minutesOf({ amount: '30', unit: 'days' })).toBe(43_200);
    for (const amount of ['', '0', '-1', '1.5', '1e3', 'many', '١', '31']) {
      expect(minutesOf({ amount, unit: 'days' }), amount).toBeNull();
    }
  });

  test('comes back in the largest unit that says it exactly', () => {
    expect([30, 60, 90, 1_440, 1_500, 2_880].map((minutes) => Object.values(spanOf(minutes)).join(' '))).toEqual([
      '30 minutes',
      '1 hours',
      '90 minutes',
      '1 days',
      '25 hours',
      '2 days',
    ]);
  });

  test('makes a promise only when the answer is not due before the acknowledgement', () => {
    const promise = { acknowledgeMinutes: 60, answerMinutes: 240 };
    expect(promiseOf(promiseSpans(promise))).toEqual(promise);
    expect(promiseOf(promiseSpans({ acknowledgeMinutes: 60, answerMinutes: 60 }))).not.toBeNull();
    expect(promiseOf(promiseSpans({ acknowledgeMinutes: 61, answerMinutes: 60 }))).toBeNull();
  });

  test('has no figures but those of the keyboard', () => {
    expect(wholeNumber('300')).toBe(300);
    expect(wholeNumber('300many')).toBeNull();
  });
});

describe('the address of a server', () => {
  test.each([
    'https://bsky.social',
    'bsky.social',
    'https://pds.acme.example:8443/',
    'http://localhost:2583',
    'http://[::1]:80',
  ])('%s is one', (address) => {
    expect(isServerAddress(address)).toBe(true);
  });

  test.each([
    'http://bsky.social',
    'ftp://bsky.social',
    'https://bsky.social/xrpc',
    'https://bsky.social?x=1',
    'https://me@bsky.social',
    'two words',
    'javascript://alert(1)',
    '',
  ])('“%s” is none', (address) => {
    expect(isServerAddress(address)).toBe(false);
  });

  test('is taken for one of the web where no scheme is typed', () => {
    expect(completeAddress(' bsky.social ')).toBe('https://bsky.social');
    expect(completeAddress('')).toBe('');
  });
});
