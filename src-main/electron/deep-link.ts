import { ULID_PATTERN, type ReplyId, type TemplateId } from '#workflows/identifiers.ts';
import type { Place } from './menu-command.ts';

/** The scheme that other programs may link to the desk with. */
export const LINK_SCHEME = 'countersign';

/** Where a link leads. Links only navigate: they decide, publish and change nothing. */
export type DeepLink =
  | { readonly kind: 'reply'; readonly reply: ReplyId }
  | { readonly kind: 'record'; readonly seq: number }
  | { readonly kind: 'template'; readonly template: TemplateId }
  | { readonly kind: 'unknown' };

const UNKNOWN: DeepLink = { kind: 'unknown' };

const LINK_PATTERN = /^countersign:\/\/(reply|record|template)\/([0-9A-Z]{1,26})\/?$/;
const SEQ_PATTERN = /^(?:0|[1-9][0-9]{0,14})$/;

/** Reads `countersign://reply/<ULID>`, `…/record/<seq>` or `…/template/<ULID>`; anything else, hostile or newer, is `unknown`. */
export const parseDeepLink = (text: string): DeepLink => {
  const [, kind, id = ''] = LINK_PATTERN.exec(text) ?? [];
  if (kind === 'record') return SEQ_PATTERN.test(id) ? { kind, seq: Number(id) } : UNKNOWN;
  if (!ULID_PATTERN.test(id)) return UNKNOWN;
  if (kind === 'reply') return { kind, reply: `reply/${id}` };
  return kind === 'template' ? { kind, template: `template/${id}` } : UNKNOWN;
};

const idIn = (subject: ReplyId | TemplateId): string => subject.slice(subject.indexOf('/') + 1);

/** The page's own place that a link leads to; `null` for an unknown one. */
export const placeOf = (link: DeepLink): Place | null => {
  switch (link.kind) {
    case 'reply':
      return `/queue/first/${idIn(link.reply)}`;
    case 'record':
      return `/log/${String(link.seq)}`;
    case 'template':
      return `/templates/${idIn(link.template)}`;
    case 'unknown':
      return null;
  }
};
