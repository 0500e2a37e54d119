import { z } from 'zod';
import { channelIdSchema } from '../identifiers.ts';
import { toHex } from '../journal/bytes.ts';
import { canonicalBytes } from '../journal/canonical.ts';
import type { CryptoPort } from '../journal/crypto-port.ts';
import { slotNameSchema, type Document, type Inline } from '../content/document.ts';
import { timeSchema } from '../time.ts';

export const SLOT_TYPES = ['text', 'name', 'date', 'time', 'number', 'amount', 'link', 'reference'] as const;

export const slotSchema = z.strictObject({
  name: slotNameSchema,
  type: z.enum(SLOT_TYPES),
  /** What the agent is asked for. */
  prompt: z.string().min(1).max(200),
  example: z.string().max(200),
});
export type Slot = z.infer<typeof slotSchema>;

/** A line of a template's body: text, and places for slots. */
const bodyInlineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(20_000) }),
  z.strictObject({ type: z.literal('slot'), slot: slotNameSchema }),
]);
export type BodyInline = z.infer<typeof bodyInlineSchema>;

export { formatBody, parseBody } from './body.ts';

const hasKnownSlots = ({ body, slots }: { body: BodyInline[][]; slots: Slot[] }): boolean => {
  const known = new Set(slots.map(({ name }) => name));
  return body.flat().every((inline) => inline.type === 'text' || known.has(inline.slot));
};

const hasUniqueSlots = ({ slots }: { slots: Slot[] }): boolean =>
  new Set(slots.map(({ name }) => name)).size === slots.length;

/** The approved wording of one version. */
export const templateContentSchema = z
  .strictObject({
    name: z.string().min(1).max(120),
    language: z.string().min(2).max(35),
    body: z.array(z.array(bodyInlineSchema).max(500)).min(1).max(500),
    slots: z.array(slotSchema).max(40),
    /** Channels it may be used on; `null` for all. */
    channels: z.array(channelIdSchema).max(50).nullable(),
    /** From when on it may no longer enter a submitted revision. */
    validUntil: timeSchema.nullable(),
  })
  .refine(hasKnownSlots, { message: 'the body has a slot that is not described', path: ['body'] })
  .refine(hasUniqueSlots, { message: 'two slots have one name', path: ['slots'] });
export type TemplateContent = z.infer<typeof templateContentSchema>;

/** Hex SHA-256 of the RFC 8785 bytes; templates are not secret, so there is no salt. */
export const templateHashOf = (content: TemplateContent, crypto: Pick<CryptoPort, 'sha256'>): string =>
  toHex(crypto.sha256(canonicalBytes(content)));

/** A fresh document from the template: its text, its slots empty. */
export const documentFromTemplate = ({ body }: TemplateContent): Document => ({
  lines: body.map((line) =>
    line.map((inline): Inline => (inline.type === 'text' ? inline : { type: 'slot', slot: inline.slot, value: '' })),
  ),
});
