import { z } from 'zod';
import type { CapturedPicture } from '../channel-adapter.ts';
import type { Transport } from './transport.ts';

/** Longest picture that is taken, in bytes: what the network itself allows (`app.bsky.embed.images`). */
export const MAX_PICTURE_BYTES = 2_000_000;
const MAX_PICTURES = 4;

/** A picture as a post names it. */
interface NamedPicture {
  readonly cid: string;
  readonly alt: string;
}

const cidSchema = z.string().regex(/^[a-zA-Z0-9]{8,200}$/);

/** Both spellings of a blob: of today, and of posts before 2023. */
const blobSchema = z.union([
  z.object({ ref: z.object({ $link: cidSchema }) }).transform(({ ref }) => ref.$link),
  z.object({ cid: cidSchema }).transform(({ cid }) => cid),
]);

const imageSchema = z.object({ image: blobSchema, alt: z.string().catch('') });
const mediaSchema = z.object({
  images: z.array(z.unknown()).optional().catch(undefined),
  items: z.array(z.unknown()).optional().catch(undefined),
});
const embedSchema = z.union([z.object({ media: mediaSchema }).transform(({ media }) => media), mediaSchema]);

/** The pictures of a post's `embed`: images, a gallery, or either beside a quoted post. Hostile. */
export const picturesIn = (embed: unknown): NamedPicture[] => {
  const parsed = embedSchema.safeParse(embed);
  if (!parsed.success) return [];
  return [...(parsed.data.images ?? []), ...(parsed.data.items ?? [])]
    .flatMap((value) => {
      const image = imageSchema.safeParse(value);
      return image.success ? [{ cid: image.data.image, alt: image.data.alt.slice(0, 10_000).toWellFormed() }] : [];
    })
    .slice(0, MAX_PICTURES);
};

const hasText = (bytes: Uint8Array, at: number, text: string): boolean =>
  Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;

/**
 * The media type by the first bytes, whatever the server calls it; `null` for what is no picture that every browser shows.
 * SVG is none: it can hold scripts.
 */
export const mediaTypeOf = (bytes: Uint8Array): string | null => {
  if (hasText(bytes, 0, '\xff\xd8\xff')) return 'image/jpeg';
  if (hasText(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (hasText(bytes, 0, 'GIF87a') || hasText(bytes, 0, 'GIF89a')) return 'image/gif';
  if (hasText(bytes, 0, 'RIFF') && hasText(bytes, 8, 'WEBP')) return 'image/webp';
  if (hasText(bytes, 4, 'ftypavif')) return 'image/avif';
  return null;
};

interface PictureSource {
  readonly transport: Transport;
  /** Origin of the author's server. */
  readonly home: string;
  readonly did: string;
  readonly signal: AbortSignal;
}

/** A picture's bytes, `null` when they cannot be had: a post is worth capturing without its pictures. */
const fetchPicture = async (source: PictureSource, picture: NamedPicture): Promise<CapturedPicture | null> => {
  const url = new URL('/xrpc/com.atproto.sync.getBlob', source.home);
  url.searchParams.set('did', source.did);
  url.searchParams.set('cid', picture.cid);
  try {
    const answer = await source.transport({ url, maxBytes: MAX_PICTURE_BYTES, signal: source.signal });
    const mediaType = answer.status === 200 ? mediaTypeOf(answer.body) : null;
    return mediaType === null ? null : { bytes: answer.body, mediaType, alt: picture.alt };
  } catch {
    return null;
  }
};

/** The pictures of a post that can be had, in its order. */
export const fetchPictures = async (source: PictureSource, embed: unknown): Promise<CapturedPicture[]> => {
  const pictures = await Promise.all(picturesIn(embed).map((picture) => fetchPicture(source, picture)));
  return pictures.filter((picture) => picture !== null);
};
