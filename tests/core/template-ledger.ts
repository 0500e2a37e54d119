import type { ReplyId, TemplateId } from '#workflows/identifiers.ts';
import type { KnownRecord } from '#workflows/records.ts';
import type { TemplatePin } from '#workflows/reply/reply.records.ts';
import { timeOf } from '#workflows/records.ts';

interface VersionNote {
  readonly approvedBy: ReadonlySet<string>;
  readonly validUntil: string | null;
  readonly isRetired: boolean;
}

const UNAPPROVED: VersionNote = { approvedBy: new Set(), validUntil: null, isRetired: false };

/**
 * Writes down which template versions were approved and retired when, and what each reply's newest revision is made from:
 * what invariant 8 is judged by.
 */
export class TemplateLedger {
  readonly #versions = new Map<string, VersionNote>();
  readonly #pins = new Map<ReplyId, TemplatePin | null>();
  readonly #newest = new Map<TemplateId, number>();

  /** What a record breaks. */
  take(record: KnownRecord): string[] {
    switch (record.type) {
      case 'template.revised':
        this.#note(record.subject as TemplateId, record.data.version, {
          ...UNAPPROVED,
          validUntil: record.data.content.validUntil,
        });
        return [];
      case 'template.approved':
        this.#approve(record.subject as TemplateId, record.data);
        return [];
      case 'template.changesRequested':
      case 'template.rejected':
        this.#change(record.subject as TemplateId, record.data.version, { approvedBy: new Set() });
        return [];
      case 'template.retired':
        this.#change(record.subject as TemplateId, record.data.version, { isRetired: true });
        return [];
      case 'reply.revised':
        this.#pins.set(record.subject as ReplyId, record.data.template);
        return [];
      case 'reply.submitted':
        return this.#judge(this.#pins.get(record.subject as ReplyId) ?? null, timeOf(record));
      default:
        return [];
    }
  }

  #judge(pin: TemplatePin | null, at: string): string[] {
    if (!pin) return [];
    const version = this.#versions.get(`${pin.template} ${String(pin.version)}`) ?? UNAPPROVED;
    const isSuperseded = (this.#newest.get(pin.template) ?? 0) > pin.version;
    return [
      ...(version.approvedBy.size < 2 ? ['a template that is not approved was submitted'] : []),
      ...(version.isRetired ? ['a retired template was submitted'] : []),
      ...(isSuperseded ? ['a superseded template was submitted'] : []),
      ...(version.validUntil !== null && at >= version.validUntil ? ['an expired template was submitted'] : []),
    ];
  }

  #approve(template: TemplateId, { version, review }: { version: number; review: string }): void {
    const known = this.#versions.get(`${template} ${String(version)}`) ?? UNAPPROVED;
    const approvedBy = new Set([...known.approvedBy, review]);
    this.#note(template, version, { ...known, approvedBy });
    if (approvedBy.size > 1) this.#newest.set(template, Math.max(version, this.#newest.get(template) ?? 0));
  }

  #change(template: TemplateId, version: number, change: Partial<VersionNote>): void {
    const known = this.#versions.get(`${template} ${String(version)}`) ?? UNAPPROVED;
    this.#note(template, version, { ...known, ...change });
  }

  #note(template: TemplateId, version: number, note: VersionNote): void {
    this.#versions.set(`${template} ${String(version)}`, note);
  }
}
