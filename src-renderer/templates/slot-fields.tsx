import { useId, useState, type KeyboardEvent } from 'react';
import type { Slot } from '#workflows/template/template.ts';
import { Button } from '../design/button.tsx';
import { SelectField, TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';
import { MOST, slotNameProblem, slotsInDraft, type DraftProblems, type TemplateDraft } from './template-draft.ts';

const TYPES: readonly Slot['type'][] = ['text', 'name', 'date', 'time', 'number', 'amount', 'link', 'reference'];

const TypeField = ({ value, onChange }: { value: Slot['type']; onChange: (type: Slot['type']) => void }) => {
  const say = useWords();
  return (
    <SelectField
      label={say('templates.slot.type')}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value as Slot['type']);
      }}
    >
      {TYPES.map((type) => (
        <option key={type} value={type}>
          {say(`templates.type.${type}`)}
        </option>
      ))}
    </SelectField>
  );
};

const SlotEditor = ({
  slot,
  isUsed,
  problem,
  onChange,
  onInsert,
  onRemove,
}: {
  slot: Slot;
  isUsed: boolean;
  problem: string | null;
  onChange: (slot: Slot) => void;
  onInsert: () => void;
  onRemove: () => void;
}) => {
  const say = useWords();
  const { name, type, prompt, example } = slot;
  return (
    <fieldset className="slot-editor">
      <legend className="sr-only">{say('templates.edit.slot', { slot: name })}</legend>
      <div className="line">
        <span className="slot">{name}</span>
        {isUsed ? null : <span className="label">{say('templates.slot.unused')}</span>}
        <span className="grow" />
        <Button size="small" aria-label={say('templates.edit.insertSlot', { slot: name })} onClick={onInsert}>
          {say('templates.edit.insert')}
        </Button>
        <Button
          size="small"
          aria-label={say('templates.edit.removeSlot', { slot: name })}
          whyNot={isUsed ? say('templates.edit.inUse') : null}
          onClick={onRemove}
        >
          {say('templates.edit.remove')}
        </Button>
      </div>
      <TypeField
        value={type}
        onChange={(next) => {
          onChange({ ...slot, type: next });
        }}
      />
      <TextField
        label={say('templates.slot.prompt')}
        value={prompt}
        dir="auto"
        maxLength={MOST.prompt}
        problem={problem}
        onChange={(event) => {
          onChange({ ...slot, prompt: event.currentTarget.value });
        }}
      />
      <TextField
        label={say('templates.slot.example')}
        value={example}
        dir="auto"
        maxLength={MOST.example}
        onChange={(event) => {
          onChange({ ...slot, example: event.currentTarget.value });
        }}
      />
    </fieldset>
  );
};

const FRESH: Slot = { name: '', type: 'text', prompt: '', example: '' };

const NewSlot = ({ draft, onAdd }: { draft: TemplateDraft; onAdd: (slot: Slot) => void }) => {
  const say = useWords();
  const titleId = useId();
  const [slot, setSlot] = useState<Slot>(FRESH);
  const [isTouched, setIsTouched] = useState(false);
  const nameProblem = slotNameProblem(say, draft, slot.name);
  const promptProblem = slot.prompt.trim() === '' ? say('templates.edit.prompt.needed') : null;
  const add = (): void => {
    setIsTouched(true);
    if (nameProblem !== null || promptProblem !== null) return;
    onAdd(slot);
    setSlot(FRESH);
    setIsTouched(false);
  };
  // The row stands inside the template's form: Enter adds the slot and saves nothing.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    add();
  };
  return (
    <div className="slot-editor" role="group" aria-labelledby={titleId} onKeyDown={onKeyDown}>
      <div className="line">
        <b id={titleId}>{say('templates.edit.addSlot')}</b>
      </div>
      <TextField
        label={say('templates.edit.slotName')}
        value={slot.name}
        maxLength={40}
        spellCheck={false}
        autoCapitalize="none"
        hint={say('templates.edit.slotName.hint')}
        problem={(isTouched || slot.name !== '') && nameProblem ? nameProblem : null}
        onChange={(event) => {
          setSlot({ ...slot, name: event.currentTarget.value });
        }}
      />
      <TextField
        label={say('templates.slot.prompt')}
        value={slot.prompt}
        dir="auto"
        maxLength={MOST.prompt}
        problem={isTouched ? promptProblem : null}
        onChange={(event) => {
          setSlot({ ...slot, prompt: event.currentTarget.value });
        }}
      />
      <TextField
        label={say('templates.slot.example')}
        value={slot.example}
        dir="auto"
        maxLength={MOST.example}
        onChange={(event) => {
          setSlot({ ...slot, example: event.currentTarget.value });
        }}
      />
      <TypeField
        value={slot.type}
        onChange={(type) => {
          setSlot({ ...slot, type });
        }}
      />
      <div className="line" style={{ alignSelf: 'end' }}>
        <Button kind="lined" icon="plus" onClick={add}>
          {say('templates.edit.add')}
        </Button>
      </div>
    </div>
  );
};

/** What differs from reply to reply: described once, asked of the agent each time. */
export const SlotFields = ({
  draft,
  problems,
  onChange,
  onInsert,
}: {
  draft: TemplateDraft;
  problems: DraftProblems;
  onChange: (slots: Slot[]) => void;
  onInsert: (slot: string) => void;
}) => {
  const say = useWords();
  const used = slotsInDraft(draft);
  return (
    <section aria-label={say('templates.edit.slots')}>
      <h2>{say('templates.edit.slots')}</h2>
      {draft.slots.length === 0 ? <p className="soft">{say('templates.edit.slotsEmpty')}</p> : null}
      {draft.slots.map((slot, index) => (
        <SlotEditor
          key={slot.name}
          slot={slot}
          isUsed={used.has(slot.name)}
          problem={problems.slots.get(slot.name) ?? null}
          onChange={(next) => {
            onChange(draft.slots.map((other, place) => (place === index ? next : other)));
          }}
          onInsert={() => {
            onInsert(slot.name);
          }}
          onRemove={() => {
            onChange(draft.slots.filter((other) => other !== slot));
          }}
        />
      ))}
      {draft.slots.length < MOST.slots ? (
        <NewSlot
          draft={draft}
          onAdd={(slot) => {
            onChange([...draft.slots, slot]);
            onInsert(slot.name);
          }}
        />
      ) : null}
    </section>
  );
};
