import { describe, expect, test } from 'vitest';
import { threadsOf } from '#renderer/practice/threads.ts';
import type { PracticePost } from '#workflows/contract/practice.contract.ts';

const CHANNEL = 'channel/01M84HQHT9QE9RYE1YSFWD108M';
const REPLY = 'reply/01M84HQHT9QE9RYE1YSFWD108M';

const post = (id: string, minute: number, more: Partial<PracticePost> = {}): PracticePost => ({
  id,
  address: `practice://posts/${id}`,
  channel: CHANNEL,
  handle: 'sam.example',
  name: null,
  segments: [],
  text: id,
  language: null,
  at: `2026-11-23T12:${String(minute).padStart(2, '0')}:00.000Z`,
  isOurs: false,
  answers: [],
  parent: null,
  reply: null,
  ...more,
});

const shape = (posts: readonly PracticePost[]) =>
  threadsOf(posts).map((thread) => thread.posts.map(({ post: { id }, depth }) => `${String(depth)} ${id}`));

describe('the threads of the practice network', () => {
  test('put each answer below its post, the oldest first, however the posts come', () => {
    const posts = [
      post('a', 1, { answers: ['b', 'd'] }),
      post('b', 2, { parent: 'a', answers: ['c'] }),
      post('c', 5, { parent: 'b' }),
      post('d', 3, { parent: 'a' }),
    ];
    const expected = [['0 a', '1 b', '2 c', '1 d']];
    expect(shape(posts)).toEqual(expected);
    expect(shape(posts.toReversed())).toEqual(expected);
  });

  test('come by their newest post, not by their first', () => {
    const posts = [post('old', 1, { answers: ['late'] }), post('young', 5), post('late', 9, { parent: 'old' })];
    expect(threadsOf(posts).map(({ first }) => first.id)).toEqual(['old', 'young']);
  });

  test('begin anew at an answer whose post is gone', () => {
    expect(shape([post('orphan', 1, { parent: 'gone' })])).toEqual([['0 orphan']]);
  });

  test('say how far the desk is: nobody looked, taken in, answered', () => {
    const answer = post('answer', 2, { parent: 'a', isOurs: true, reply: REPLY });
    expect(threadsOf([post('a', 1)])[0]?.state).toBe('fresh');
    expect(threadsOf([post('a', 1, { reply: REPLY })])[0]?.state).toBe('takenIn');
    expect(threadsOf([post('a', 1, { answers: ['answer'] }), answer])[0]?.state).toBe('answered');
  });

  test('show a post once, even if answers were to run in a circle', () => {
    const posts = [post('a', 1, { answers: ['b', 'b'] }), post('b', 2, { parent: 'a', answers: ['a', 'b'] })];
    expect(shape(posts)).toEqual([['0 a', '1 b']]);
  });

  test('of ten thousand answers below one another are walked without running out of stack', () => {
    const posts = Array.from({ length: 10_000 }, (_, index) =>
      post(`p${String(index)}`, index % 60, {
        parent: index === 0 ? null : `p${String(index - 1)}`,
        answers: index === 9_999 ? [] : [`p${String(index + 1)}`],
      }),
    );
    expect(threadsOf(posts)[0]?.posts).toHaveLength(10_000);
  });
});
