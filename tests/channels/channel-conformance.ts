import { describe, expect, it } from 'vitest';
import type { Receipt } from '#workflows/channel/channel.ts';
import { receiptSchema } from '#workflows/channel/channel.ts';
import { postSchema } from '#workflows/content/content.ts';
import { canonicalText, problemInValue, type JsonObject } from '#workflows/journal/canonical.ts';
import { CaptureError, ChannelError, type ChannelAdapter } from '#main/channels/channel-adapter.ts';

/** A channel that works, with a customer's post on it, for {@link describeChannelConformance}. */
export interface ChannelFixture {
  readonly adapter: ChannelAdapter;
  /** A post by a customer that may be answered. */
  readonly customerPost: {
    readonly address: string;
    readonly text: string;
    /** The author's id on the channel. */
    readonly author: string;
    /** Texts of the posts above it, the oldest first. */
    readonly above: readonly string[];
  };
  /** An address of the channel's own form under which nothing is. */
  readonly missingAddress: string;
  /** Lets the customer answer a post of ours; returns the answer's address. */
  readonly answer: (receipt: Receipt, text: string) => Promise<string>;
  /** How many public posts with exactly this text our account has, counted without the adapter. */
  readonly countOurs: (text: string) => Promise<number>;
}

const NOW = new Date('2026-11-22T15:12:36.123Z');

const TEXTS: readonly (readonly [name: string, text: string])[] = [
  ['plain words', 'We are sorry. It works again.'],
  ['a family, a flag and a skin tone', 'Danke! 👨‍👩‍👧‍👦 🇦🇹 👍🏽'],
  ['combining marks', 'Ça va, A\u030a ngstro\u0308m, e\u0301'],
  ['right-to-left text', 'نأسف للإزعاج، عاد كل شيء إلى العمل (قريبًا) 12:30'],
  ['line breaks', 'One\n\nTwo\n  three  '],
  ['an address before a full stop', 'See https://example.com/a_(b)?c=d&e=1#f.'],
  ['a tag and what is none', 'All about #Störung and # nothing, 50 % of C# users'],
];

/** What every channel owes to the desk, whichever network it speaks to. `fixture` is asked inside the tests. */
export const describeChannelConformance = (name: string, fixture: () => ChannelFixture): void => {
  const sendable = async (text: string): Promise<{ payload: JsonObject; key: string | null }> => {
    const { adapter, customerPost } = fixture();
    const { target } = await adapter.capture(customerPost.address);
    const { payload } = await adapter.render({ text, language: 'en', target, corrects: null });
    return { payload: adapter.complete(payload, new Date()), key: adapter.newKey(new Date()) };
  };

  describe(`${name} conforms to the channel interface`, () => {
    describe('measuring and showing', () => {
      it.each(TEXTS)('shows a text in pieces that, joined, are the text: %s', async (_, text) => {
        const { adapter, customerPost } = fixture();
        const { target } = await adapter.capture(customerPost.address);
        const { payload, segments } = await adapter.render({ text, language: 'en', target, corrects: null });
        expect(segments.map((segment) => segment.text).join('')).toBe(text);
        expect(adapter.show(payload)).toEqual(segments);
        expect(adapter.show(adapter.complete(payload, NOW))).toEqual(segments);
      });

      it.each(TEXTS)('renders a payload that the journal can hold: %s', async (_, text) => {
        const { adapter, customerPost } = fixture();
        const { target } = await adapter.capture(customerPost.address);
        const { payload } = await adapter.render({ text, language: 'en', target, corrects: null });
        expect(problemInValue(payload)).toBeNull();
        expect(JSON.parse(canonicalText(payload))).toEqual(payload);
        expect(problemInValue(adapter.complete(payload, NOW))).toBeNull();
      });

      it('renders the same text twice to the same payload', async () => {
        const { adapter, customerPost } = fixture();
        const { target } = await adapter.capture(customerPost.address);
        const request = { text: 'Twice #the same', language: 'en', target, corrects: null };
        expect(canonicalText((await adapter.render(request)).payload)).toBe(
          canonicalText((await adapter.render(request)).payload),
        );
      });

      it('completes a payload by adding alone', () => {
        const { adapter } = fixture();
        const completed = adapter.complete({ text: 'x', list: [1] }, NOW);
        expect(completed).toMatchObject({ text: 'x', list: [1] });
        expect(adapter.complete({ text: 'x', list: [1] }, NOW)).toEqual(completed);
      });

      it('measures by graphemes and bytes, and says what fits', () => {
        const { adapter } = fixture();
        expect(adapter.measure('')).toEqual({ graphemes: 0, bytes: 0, fits: true });
        expect(adapter.measure('👨‍👩‍👧‍👦')).toMatchObject({ graphemes: 1, bytes: 25 });
        const { graphemes } = adapter.limits;
        expect(adapter.measure('a'.repeat(graphemes ?? 50_000)).fits).toBe(true);
        expect(adapter.measure('a'.repeat((graphemes ?? 50_000) + 1)).fits).toBe(graphemes === null);
      });

      it('never gives the same key twice', () => {
        const { adapter } = fixture();
        const keys = Array.from({ length: 200 }, () => adapter.newKey(NOW)).filter((key) => key !== null);
        expect(new Set(keys).size).toBe(keys.length);
      });
    });

    describe('capturing', () => {
      it('recognises its own addresses and no others', () => {
        const { adapter, customerPost, missingAddress } = fixture();
        expect(adapter.recognises(customerPost.address)).toBe(true);
        expect(adapter.recognises(` ${customerPost.address}\n`)).toBe(true);
        for (const address of ['', 'hello', 'https://example.com/', 'javascript:alert(1)', `x${missingAddress}`]) {
          expect(adapter.recognises(address)).toBe(false);
        }
      });

      it('captures a post as it is, with the conversation above it, the oldest first', async () => {
        const { adapter, customerPost } = fixture();
        const { post, thread, target } = await adapter.capture(customerPost.address);
        expect(post).toMatchObject({ text: customerPost.text, author: { id: customerPost.author } });
        expect(thread.map((above) => above.text)).toEqual(customerPost.above);
        for (const each of [post, ...thread]) expect(postSchema.parse(each)).toEqual(each);
        expect(problemInValue(target)).toBeNull();
      });

      it('captures the same post by the address that it gives for it', async () => {
        const { adapter, customerPost } = fixture();
        const { post } = await adapter.capture(customerPost.address);
        expect((await adapter.capture(post.address ?? '')).post).toEqual(post);
      });

      it('says that a post is not there', async () => {
        const { adapter, missingAddress } = fixture();
        await expect(adapter.capture(missingAddress)).rejects.toThrow(CaptureError);
        await expect(adapter.capture(missingAddress)).rejects.toMatchObject({ problem: 'postNotFound' });
      });

      it('says that an address is none', async () => {
        await expect(fixture().adapter.capture('hello')).rejects.toMatchObject({ problem: 'addressNotUnderstood' });
      });
    });

    describe('publishing', () => {
      it('makes one post, finds it, and reads exactly what was sent', async () => {
        const { adapter, countOurs } = fixture();
        const text = 'We have found it: 👩🏽‍🔧 https://example.com/status. #fixed';
        const { payload, key } = await sendable(text);
        const receipt = await adapter.publish(payload, key);
        expect(receiptSchema.parse(receipt)).toEqual(receipt);
        expect(await countOurs(text)).toBe(1);
        expect(await adapter.find(payload, key)).toEqual(receipt);
        const found = await adapter.read(receipt);
        expect(found?.text).toBe(text);
        expect(canonicalText(found?.payload)).toBe(canonicalText(payload));
      });

      it('finds nothing before it has published', async () => {
        const { adapter } = fixture();
        const { payload, key } = await sendable('Not sent yet.');
        expect(await adapter.find(payload, key)).toBeNull();
      });

      it('makes one post when the same is published twice, and never takes the second for nothing made', async () => {
        const { adapter, countOurs } = fixture();
        const { payload, key } = await sendable('Only once, whatever happens.');
        // A channel without keys can promise no such thing; there is none so far.
        expect(key).not.toBeNull();
        const receipt = await adapter.publish(payload, key);
        const second = await adapter.publish(payload, key).catch((error: unknown) => error);
        if (second instanceof ChannelError) expect(second.outcome).toBe('unknown');
        else expect(second).toEqual(receipt);
        expect(await countOurs('Only once, whatever happens.')).toBe(1);
        expect(await adapter.find(payload, key)).toEqual(receipt);
      });

      it('makes one post when the same is published twice at the same time', async () => {
        const { adapter, countOurs } = fixture();
        const { payload, key } = await sendable('Both at once.');
        expect(key).not.toBeNull();
        const results = await Promise.allSettled([adapter.publish(payload, key), adapter.publish(payload, key)]);
        expect(results.some((result) => result.status === 'fulfilled')).toBe(true);
        expect(await countOurs('Both at once.')).toBe(1);
      });

      it('refuses what is longer than it says, having made nothing, and takes what is as long as it says', async () => {
        const { adapter, countOurs } = fixture();
        const longest = 'b'.repeat(adapter.limits.graphemes ?? 20_000);
        const fitting = await sendable(longest);
        await adapter.publish(fitting.payload, fitting.key);
        expect(await countOurs(longest)).toBe(1);

        const { payload, key } = await sendable(`${longest}b`);
        const published = adapter.publish(payload, key).then(
          () => 'published',
          (error: unknown) => error,
        );
        if (adapter.limits.graphemes === null) expect(await published).toBe('published');
        else {
          expect(await published).toBeInstanceOf(ChannelError);
          expect(await published).toMatchObject({ failure: 'refused', outcome: 'nothingMade', isFinal: true });
          expect(await countOurs(`${longest}b`)).toBe(0);
        }
      });

      it('corrects a published reply, so that the corrected text is public', async () => {
        const { adapter, customerPost, countOurs } = fixture();
        const { payload, key } = await sendable('Open until eight.');
        const receipt = await adapter.publish(payload, key);
        const { target } = await adapter.capture(customerPost.address);
        const text = 'Correction: open until nine.';
        const correction = await adapter.render({ text, language: 'en', target, corrects: receipt });
        const made = await adapter.publish(
          adapter.complete(correction.payload, new Date()),
          adapter.newKey(new Date()),
        );
        expect((await adapter.read(made))?.text).toBe(text);
        expect(await countOurs(text)).toBe(1);
      });
    });

    describe('afterwards', () => {
      it('takes a post down, as often as it is told to', async () => {
        const { adapter, countOurs } = fixture();
        const { payload, key } = await sendable('Soon to be gone.');
        const receipt = await adapter.publish(payload, key);
        await adapter.remove(receipt);
        await adapter.remove(receipt);
        expect(await adapter.read(receipt)).toBeNull();
        expect(await countOurs('Soon to be gone.')).toBe(0);
      });

      it('finds what the customer has answered below our post, the oldest first, and nothing else', async () => {
        const { adapter, customerPost, answer } = fixture();
        const { payload, key } = await sendable('Please tell us your order number.');
        const receipt = await adapter.publish(payload, key);
        expect(await adapter.answersTo(receipt, customerPost.author)).toEqual([]);
        const first = await answer(receipt, 'It is 1234.');
        const second = await answer(receipt, 'No, 1235!');
        expect(await adapter.answersTo(receipt, customerPost.author)).toEqual([first, second]);
        expect((await adapter.capture(first)).post.text).toBe('It is 1234.');
      });
    });
  });
};
