import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { desk } from '../api/client.ts';
import { SelectField, TextField } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { useLanguageName } from '../words/use-language-name.ts';
import { useWords } from '../words/use-words.ts';
import { MOST, type DraftProblems, type TemplateDraft } from './template-draft.ts';

const COMMON = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'tr', 'ar', 'he', 'ja', 'zh', 'sv', 'da', 'cs'];

interface FieldsProps {
  readonly draft: TemplateDraft;
  readonly problems: DraftProblems;
  readonly onChange: (change: Partial<TemplateDraft>) => void;
}

const Channels = ({ draft, problems, onChange }: FieldsProps) => {
  const say = useWords();
  const id = useId();
  const all = useQuery(desk.channel.list.queryOptions()).data?.channels ?? [];
  const chosen = draft.channels;
  // A channel that was removed stays listed where it was chosen, so that it can be taken out.
  const listed = all.filter((channel) => !channel.isRemoved || chosen?.includes(channel.id));
  return (
    <div className="field" role="group" aria-labelledby={id}>
      <span className="label" id={id}>
        {say('templates.edit.channels')}
      </span>
      <span className="segments" style={{ alignSelf: 'flex-start' }}>
        {[true, false].map((isAll) => (
          <button
            key={String(isAll)}
            type="button"
            aria-pressed={(chosen === null) === isAll}
            onClick={() => {
              if ((chosen === null) !== isAll)
                onChange({ channels: isAll ? null : listed.filter((c) => !c.isRemoved).map((c) => c.id) });
            }}
          >
            {say(isAll ? 'templates.edit.channels.all' : 'templates.edit.channels.some')}
          </button>
        ))}
      </span>
      {chosen === null ? null : (
        <div className="choices">
          {listed.map((channel) => (
            <label key={channel.id} className="choice">
              <input
                type="checkbox"
                checked={chosen.includes(channel.id)}
                onChange={(event) => {
                  onChange({
                    channels: event.currentTarget.checked
                      ? [...chosen, channel.id]
                      : chosen.filter((other) => other !== channel.id),
                  });
                }}
              />
              <bdi>{channel.name}</bdi>
            </label>
          ))}
        </div>
      )}
      {problems.channels ? (
        <span className="problem" role="alert">
          <Icon name="stop" size="small" />
          {problems.channels}
        </span>
      ) : null}
    </div>
  );
};

/** Name, language, validity and channels of a template. */
export const TemplateFields = ({
  draft,
  problems,
  onChange,
  showsProblems,
}: FieldsProps & { showsProblems: boolean }) => {
  const say = useWords();
  const languageName = useLanguageName();
  const tags = COMMON.includes(draft.language) ? COMMON : [draft.language, ...COMMON];
  return (
    <>
      <TextField
        label={say('templates.edit.name')}
        value={draft.name}
        dir="auto"
        maxLength={MOST.name}
        hint={say('templates.edit.name.hint')}
        problem={showsProblems ? problems.name : null}
        onChange={(event) => {
          onChange({ name: event.currentTarget.value });
        }}
      />
      <div className="pair-of-fields">
        <SelectField
          label={say('templates.edit.language')}
          value={draft.language}
          onChange={(event) => {
            onChange({ language: event.currentTarget.value });
          }}
        >
          {tags.map((tag) => (
            <option key={tag} value={tag}>
              {languageName(tag)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={say('templates.edit.valid')}
          type="date"
          value={draft.validTo}
          hint={say('templates.edit.valid.hint')}
          onChange={(event) => {
            onChange({ validTo: event.currentTarget.value });
          }}
        />
      </div>
      <Channels draft={draft} problems={problems} onChange={onChange} />
    </>
  );
};
