import type { TemplateVersionView } from '#workflows/contract/template.contract.ts';
import type { ReplyId, TemplateId } from '#workflows/identifiers.ts';
import { versionSays, type Reader } from '../approval/version-says.ts';
import type { Words } from '../words/use-words.ts';

/** One template as the desk tells of it. */
export interface TemplateView {
  readonly id: TemplateId;
  readonly versions: readonly TemplateVersionView[];
  readonly usedBy: readonly {
    readonly reply: ReplyId;
    readonly version: number;
    readonly handle: string | null;
    readonly state: string;
  }[];
  readonly mayEdit: boolean;
}

/** What follows for the reader from how the version stands: the sentence at the foot. */
export const templateSays = (say: Words, version: TemplateVersionView, reader: Reader): string => {
  const { state, content, revisedAt } = version;
  const until = content.validUntil;
  const general = versionSays(say, 'templates', version, reader);
  if (general !== null) return general;
  if (state === 'approved' && until !== null) return say('templates.says.approved.until', { at: say.date(until) });
  return say(`templates.says.${state}`, { at: say.date(until ?? revisedAt) });
};
