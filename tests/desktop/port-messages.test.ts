import { describe, expect, it } from 'vitest';
import { judgeMessage, LONGEST_MESSAGE } from '#main/electron/port-messages.ts';

const call = (body: unknown): string => JSON.stringify({ i: '1', p: { u: '/workspace/status', b: body } });

const ofBytes = (length: number): string => {
  const empty = call('').length;
  return call('x'.repeat(length - empty));
};

describe('a message of the page', () => {
  it.each([
    ['a call', call({ json: {} })],
    ['a call with headers', JSON.stringify({ i: 'a1', p: { u: '/desk/changes', h: { accept: 'x', b: ['c'] } } })],
    ['the end of a call', JSON.stringify({ i: '1', t: 4 })],
    ['a call of exactly the greatest length', ofBytes(LONGEST_MESSAGE)],
  ])('is accepted: %s', (_, text) => {
    expect(judgeMessage(text)).toEqual({ kind: 'accepted', text });
  });

  it('is refused one byte above the greatest length, with the call that it was', () => {
    expect(judgeMessage(ofBytes(LONGEST_MESSAGE + 1))).toEqual({ kind: 'tooLarge', id: '1' });
  });

  it('is measured in bytes, not in characters', () => {
    const text = call('é'.repeat(LONGEST_MESSAGE / 2));
    expect(text.length).toBeLessThan(LONGEST_MESSAGE);
    expect(judgeMessage(text)).toEqual({ kind: 'tooLarge', id: '1' });
  });

  it('is refused without a name when it is too large and hides which call it was', () => {
    const text = `{"p":${' '.repeat(LONGEST_MESSAGE)}}`;
    expect(judgeMessage(text)).toEqual({ kind: 'tooLarge', id: null });
  });

  it.each([
    ['bytes', new Uint8Array([1, 2])],
    ['an object', { i: '1', p: { u: '/workspace/status' } }],
    ['nothing', undefined],
    ['no JSON', '{'],
    ['another shape', '[]'],
    ['a call with a member that is not known', JSON.stringify({ i: '1', p: { u: '/a' }, x: 1 })],
    ['a call whose name is no name', JSON.stringify({ i: '../1', p: { u: '/a' } })],
    ['a call whose name is too long', JSON.stringify({ i: 'a'.repeat(17), p: { u: '/a' } })],
    ['a call to another host', JSON.stringify({ i: '1', p: { u: 'https://example.com/' } })],
    ['a stream towards the core', JSON.stringify({ i: '1', t: 3, p: {} })],
  ])('is dropped: %s', (_, data) => {
    expect(judgeMessage(data)).toEqual({ kind: 'malformed' });
  });
});
