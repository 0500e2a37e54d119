import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Document, Inline } from '#workflows/content/document.ts';
import type { ReplyView } from '#workflows/contract/reply.contract.ts';
import type { ReplyId, TemplateId } from '#workflows/identifiers.ts';
import type { TemplateContent } from '#workflows/template/template.ts';
import { desk } from '../../api/client.ts';
import { Icon } from '../../design/icon.tsx';
import { useWords } from '../../words/use-words.ts';
import { plainText } from './plain-text.ts';
import type { DraftSession } from './use-draft.ts';

export interface UsableTemplate {
  readonly id: TemplateId;
  readonly version: number;
  readonly content: TemplateContent;
}

/** Approved wording that may be used on the reply's channel now; `null` as long as it is not known. */
export const useUsableTemplates = (reply: ReplyId): readonly UsableTemplate[] | null =>
  useQuery(desk.template.usable.queryOptions({ input: { reply } })).data?.templates ?? null;

const freshDocument = ({ body }: TemplateContent): Document => ({
  lines: body.map((line) =>
    line.map((inline): Inline => (inline.type === 'text' ? inline : { type: 'slot', slot: inline.slot, value: '' })),
  ),
});

const excerptOf = ({ body }: TemplateContent): string =>
  body
    .flat()
    .map((inline) => (inline.type === 'text' ? inline.text : '…'))
    .join('')
    .slice(0, 90);

/** Starts the text from an approved template; undo brings the text before back. */
export const TemplateMenu = ({
  view,
  draft,
  templates,
}: {
  view: ReplyView;
  draft: DraftSession;
  templates: readonly UsableTemplate[] | null;
}) => {
  const say = useWords();
  const pinned = templates?.find(
    ({ id, version }) => id === draft.template?.template && version === draft.template.version,
  );
  const name = pinned?.content.name ?? (draft.template ? view.template?.name : undefined);
  const isWritten = plainText(draft.document) !== '';
  return (
    <Menu position="bottom-start" width={420}>
      <Menu.Target>
        {/* A list that came only after the menu was opened would have no item to take the focus, and say that there is none. */}
        <button type="button" className="button flush" disabled={templates === null}>
          {name ?? say('editor.chooseTemplate')}
          <Icon name="down" size="small" />
        </button>
      </Menu.Target>
      <Menu.Dropdown style={{ maxHeight: 420, overflow: 'auto' }}>
        <Menu.Label>{isWritten ? say('editor.templateReplaces') : say('editor.templates')}</Menu.Label>
        {templates?.length === 0 ? <Menu.Item disabled>{say('editor.noTemplates')}</Menu.Item> : null}
        {templates?.map(({ id, version, content }) => (
          <Menu.Item
            key={id}
            rightSection={<span className="label">{content.language}</span>}
            onClick={() => {
              draft.replaceDocument(freshDocument(content), { template: id, version }, content.language);
            }}
          >
            <b>{content.name}</b>
            <span className="label" style={{ display: 'block' }} dir="auto" lang={content.language}>
              {excerptOf(content)}
            </span>
          </Menu.Item>
        ))}
        {draft.template ? (
          <>
            <Menu.Divider />
            <Menu.Item
              onClick={() => {
                const text = plainText(draft.document);
                draft.replaceDocument(
                  { lines: text.split('\n').map((line) => (line === '' ? [] : [{ type: 'text', text: line }])) },
                  null,
                );
              }}
            >
              {say('editor.withoutTemplate')}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
};
