import { RichText, type AppBskyRichtextFacet } from '@atproto/api';
import { z } from 'zod';
import type { Measure, PreviewSegment } from '#workflows/channel/channel.ts';
import { utf8 } from '#workflows/journal/bytes.ts';
import type { JsonObject } from '#workflows/journal/canonical.ts';
import { isLanguageTag } from './language-tag.ts';

/** The AT Protocol's limits of a post's text (`app.bsky.feed.post`). */
export const POST_LIMITS = { graphemes: 300, bytes: 3_000 } as const;

/**
 * Longest text, in UTF-16 units, in which links are looked for: the patterns take time by the square of the length. Ten times
 * what a post may have.
 */
const MAX_DETECTED = 30_000;

/** Length as Bluesky counts it: extended grapheme clusters, and bytes of UTF-8. */
export const measurePost = (text: string): Measure => {
  const { graphemeLength: graphemes } = new RichText({ text });
  const bytes = utf8(text).length;
  return { graphemes, bytes, fits: graphemes <= POST_LIMITS.graphemes && bytes <= POST_LIMITS.bytes };
};

type Facet = AppBskyRichtextFacet.Main;

/** Facets of which none begins inside another: clients show only the first of two that overlap, and not all the same one. */
const withoutOverlaps = (facets: readonly Facet[]): Facet[] => {
  const kept: Facet[] = [];
  for (const facet of facets) {
    if (facet.index.byteStart >= (kept.at(-1)?.index.byteEnd ?? 0)) kept.push(facet);
  }
  return kept;
};

const plainFacet = (facet: Facet, features: readonly JsonObject[]): JsonObject => ({
  index: { byteStart: facet.index.byteStart, byteEnd: facet.index.byteEnd },
  features,
});

/**
 * Links, tags and mentions of a text by Bluesky's own rules (`RichText.detectFacets`), as plain JSON.
 * @param didOf resolves a handle; `null` makes it no mention. What it throws is thrown.
 */
export const detectFacets = async (
  text: string,
  didOf: (handle: string) => Promise<string | null>,
): Promise<JsonObject[]> => {
  if (text.length > MAX_DETECTED) return [];
  const richText = new RichText({ text });
  richText.detectFacetsWithoutResolution();
  const facets: JsonObject[] = [];
  for (const facet of withoutOverlaps(richText.facets ?? [])) {
    for (const feature of facet.features) {
      switch (feature.$type) {
        case 'app.bsky.richtext.facet#link':
          facets.push(plainFacet(facet, [{ $type: feature.$type, uri: (feature as AppBskyRichtextFacet.Link).uri }]));
          break;
        case 'app.bsky.richtext.facet#tag':
          facets.push(plainFacet(facet, [{ $type: feature.$type, tag: (feature as AppBskyRichtextFacet.Tag).tag }]));
          break;
        case 'app.bsky.richtext.facet#mention': {
          // Before it is resolved, the handle stands where the DID will.
          const did = await didOf((feature as AppBskyRichtextFacet.Mention).did);
          if (did !== null) facets.push(plainFacet(facet, [{ $type: feature.$type, did }]));
          break;
        }
      }
    }
  }
  return facets;
};

const facetsSchema = z.array(
  z.object({
    index: z.object({ byteStart: z.int().nonnegative(), byteEnd: z.int().nonnegative() }),
    features: z.array(z.looseObject({ $type: z.string() })),
  }),
);

const shownFacetsIn = (value: unknown): Facet[] => {
  const parsed = facetsSchema.safeParse(value);
  return parsed.success ? parsed.data : [];
};

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/**
 * How Bluesky shows a payload's text: plain pieces, links, mentions and tags. The pieces' texts, joined, are the text.
 * A facet that does not fit the text, or leads nowhere in the web, is shown as plain text.
 */
export const segmentsOf = (payload: JsonObject): PreviewSegment[] => {
  const text = typeof payload.text === 'string' ? payload.text : '';
  const segments: PreviewSegment[] = [];
  for (const segment of new RichText({ text, facets: shownFacetsIn(payload.facets) }).segments()) {
    const { link, mention, tag } = segment;
    if (link && isWebAddress(link.uri)) segments.push({ kind: 'link', text: segment.text, href: link.uri });
    else if (mention)
      segments.push({ kind: 'mention', text: segment.text, href: `https://bsky.app/profile/${mention.did}` });
    else if (tag) {
      segments.push({
        kind: 'tag',
        text: segment.text,
        href: `https://bsky.app/hashtag/${encodeURIComponent(tag.tag)}`,
      });
    } else segments.push({ kind: 'text', text: segment.text, href: null });
  }
  const isWhole = segments.map((segment) => segment.text).join('') === text;
  return isWhole ? segments : [{ kind: 'text', text, href: null }];
};

/** The `langs` of a post; none for what is no language tag, which the network would refuse. */
export const languagesOf = (language: string): string[] => (isLanguageTag(language) ? [language] : []);
