import { describe, expect, it } from 'vitest';
import { parsePostAddress, placeOfUri, uriOf, webAddressOf } from '#main/channels/bluesky/post-address.ts';

const DID = 'did:plc:customercustomercustome2';
const KEY = '3jzfcijpj2z2a';

describe('An address of a post', () => {
  it.each([
    [`at://${DID}/app.bsky.feed.post/${KEY}`, DID],
    [`at://mara.bsky.social/app.bsky.feed.post/${KEY}`, 'mara.bsky.social'],
    [`https://bsky.app/profile/mara.bsky.social/post/${KEY}`, 'mara.bsky.social'],
    [`https://bsky.app/profile/Mara.Bsky.Social/post/${KEY}/`, 'mara.bsky.social'],
    [`https://bsky.app/profile/${DID}/post/${KEY}?ref=share#top`, DID],
    [`https://bsky.app/profile/did%3Aplc%3Acustomercustomercustome2/post/${KEY}`, DID],
    [`https://main.bsky.dev/profile/mara.bsky.social/post/${KEY}`, 'mara.bsky.social'],
    [`  https://deer.social/profile/mara.bsky.social/post/${KEY}\n`, 'mara.bsky.social'],
    [`at://did:web:example.com/app.bsky.feed.post/${KEY}`, 'did:web:example.com'],
    [`at://did:web:localhost%3A2583/app.bsky.feed.post/${KEY}`, 'did:web:localhost%3A2583'],
  ])('is %s', (address, authority) => {
    expect(parsePostAddress(address)).toEqual({ authority, key: KEY });
  });

  it.each([
    '',
    'mara.bsky.social',
    'https://bsky.app/',
    'https://bsky.app/profile/mara.bsky.social',
    `https://bsky.app/profile/mara/post/${KEY}`,
    `https://bsky.app/profile/mara.bsky.social/lists/${KEY}`,
    `https://bsky.app/profile/mara.bsky.social/post/${KEY}/liked-by`,
    'https://bsky.app/profile/mara.bsky.social/post/..',
    'https://bsky.app/profile/mara.bsky.social/post/a%20b',
    'https://bsky.app/profile/mara.bsky.social/post/%E0%A4%A',
    `http://bsky.app/profile/mara.bsky.social/post/${KEY}`,
    `https://user:word@bsky.app/profile/mara.bsky.social/post/${KEY}`,
    `javascript:https://bsky.app/profile/mara.bsky.social/post/${KEY}`,
    `at://${DID}/app.bsky.feed.like/${KEY}`,
    `at://${DID}/app.bsky.feed.post`,
    `at://${DID}/app.bsky.feed.post/${KEY}/more`,
    `at://${DID}/app.bsky.feed.post/${KEY}#part`,
    `at://did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme/app.bsky.feed.post/${KEY}`,
    `at://did:plc:SHORT/app.bsky.feed.post/${KEY}`,
    `at://did:web:example.com:path/app.bsky.feed.post/${KEY}`,
    `at://-mara.bsky.social/app.bsky.feed.post/${KEY}`,
    `https://bsky.app/profile/${'a.'.repeat(2_000)}com/post/${KEY}`,
  ])('is not %s', (address) => {
    expect(parsePostAddress(address)).toBeNull();
  });

  it('names the same place in both spellings', () => {
    const place = { authority: DID, key: KEY };
    expect(parsePostAddress(uriOf(place))).toEqual(place);
    expect(parsePostAddress(webAddressOf(place))).toEqual(place);
    expect(placeOfUri(uriOf(place))).toEqual(place);
  });

  it('is none of a server’s when it names its author by handle, or is no at-URI', () => {
    expect(placeOfUri(`at://mara.bsky.social/app.bsky.feed.post/${KEY}`)).toBeNull();
    expect(placeOfUri(`https://bsky.app/profile/${DID}/post/${KEY}`)).toBeNull();
  });
});
