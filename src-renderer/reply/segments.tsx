import type { PreviewSegment } from '#workflows/channel/channel.ts';

/** Only addresses of the web become links; anything else stays text. */
const isWebAddress = (href: string | null): href is string => href !== null && /^https:\/\//i.test(href);

/** A text in the pieces in which the channel shows it. */
export const Segments = ({ segments }: { segments: readonly PreviewSegment[] }) => (
  <>
    {segments.map(({ kind, text, href }, index) =>
      kind === 'text' ? (
        <span key={index}>{text}</span>
      ) : isWebAddress(href) ? (
        <a key={index} href={href} target="_blank" rel="noreferrer noopener nofollow">
          <bdi>{text}</bdi>
        </a>
      ) : (
        <span key={index} className="mark">
          <bdi>{text}</bdi>
        </span>
      ),
    )}
  </>
);
