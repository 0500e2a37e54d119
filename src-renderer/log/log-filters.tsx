import { Menu } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode, type Ref } from 'react';
import { ROLES, type Role } from '#workflows/people/roles.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { typeInWords } from './act-words.ts';
import { isNarrowed, type LogSearch } from './log-address.ts';
import { PeriodFilter } from './period-filter.tsx';
import type { useLog } from './use-log.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly note?: string;
}

const ChoiceFilter = ({
  name,
  any,
  value,
  choices,
  onChoose,
}: {
  name: string;
  any: string;
  value: string | undefined;
  choices: readonly Choice[];
  onChoose: (value: string | undefined) => void;
}) => {
  const say = useWords();
  const chosen = value === undefined ? any : (choices.find((choice) => choice.value === value)?.label ?? value);
  const item = (key: string, label: ReactNode, note: string | undefined, next: string | undefined) => (
    <Menu.Item
      key={key}
      aria-current={next === value ? 'true' : undefined}
      rightSection={note === undefined ? undefined : <span className="label figure">{note}</span>}
      onClick={() => {
        onChoose(next);
      }}
    >
      {label}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button
          type="button"
          className={`button lined ${value === undefined ? '' : 'chosen'}`}
          aria-label={say('log.filter.label', { name, value: chosen })}
        >
          <span className="cut">{chosen}</span>
          <Icon name="down" size="small" />
        </button>
      </Menu.Target>
      <Menu.Dropdown className="log-choices">
        {item('any', any, undefined, undefined)}
        {choices.map((choice) => item(choice.value, choice.label, choice.note, choice.value))}
      </Menu.Dropdown>
    </Menu>
  );
};

/** Typing asks the core only once it pauses. */
const TYPING_PAUSE = 250;

const TextFilter = ({
  value,
  onChange,
  ref,
}: {
  value: string;
  onChange: (text: string) => void;
  ref: Ref<HTMLInputElement>;
}) => {
  const say = useWords();
  const [typed, setTyped] = useState(value);
  const [given, setGiven] = useState(value);
  if (given !== value) {
    // The address changed by something else than typing here.
    setGiven(value);
    setTyped(value);
  }
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => {
      setGiven(typed.trim());
      tell.current(typed.trim());
    }, TYPING_PAUSE);
    return () => {
      clearTimeout(timer);
    };
  }, [typed, value]);
  return (
    <label className="log-find">
      <Icon name="search" size="small" />
      <span className="sr-only">{say('log.filter.text')}</span>
      <input
        type="search"
        className="input"
        ref={ref}
        value={typed}
        maxLength={200}
        placeholder={say('log.filter.text.short')}
        title={say('log.filter.text')}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
    </label>
  );
};

/** What narrows the log; all of it stands in the address. */
export const LogFilters = ({
  search,
  whole,
  onChange,
  findRef,
}: {
  search: LogSearch;
  whole: ReturnType<typeof useLog>['whole'];
  onChange: (change: { [Name in keyof LogSearch]: LogSearch[Name] | undefined }) => void;
  findRef: Ref<HTMLInputElement>;
}) => {
  const say = useWords();
  return (
    <div className="log-filters" role="search" aria-label={say('log.filter')}>
      <TextFilter
        value={search.text ?? ''}
        ref={findRef}
        onChange={(text) => {
          onChange({ text: text === '' ? undefined : text });
        }}
      />
      <PeriodFilter
        search={search}
        onChoose={({ from, to }) => {
          onChange({ from, to });
        }}
      />
      <ChoiceFilter
        name={say('log.filter.name.type')}
        any={say('log.filter.type')}
        value={search.type}
        choices={(whole?.types ?? [])
          .map(({ type, count }) => ({ value: type, label: typeInWords(say, type), note: say.number(count) }))
          .sort((a, b) => a.label.localeCompare(b.label))}
        onChoose={(type) => {
          onChange({ type });
        }}
      />
      <ChoiceFilter
        name={say('log.filter.name.person')}
        any={say('log.filter.person')}
        value={search.person}
        choices={(whole?.people ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={(person) => {
          onChange({ person });
        }}
      />
      <ChoiceFilter
        name={say('log.filter.name.role')}
        any={say('log.filter.role')}
        value={search.role}
        choices={ROLES.map((role) => ({ value: role, label: say(`role.${role}`) }))}
        onChoose={(role) => {
          onChange({ role: role as Role | undefined });
        }}
      />
      <ChoiceFilter
        name={say('log.filter.name.channel')}
        any={say('log.filter.channel')}
        value={search.channel}
        choices={(whole?.channels ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChoose={(channel) => {
          onChange({ channel });
        }}
      />
      {isNarrowed(search) ? (
        <Button
          onClick={() => {
            onChange({
              from: undefined,
              to: undefined,
              person: undefined,
              role: undefined,
              channel: undefined,
              type: undefined,
              reply: undefined,
              text: undefined,
            });
          }}
        >
          {say('log.filter.clear')}
        </Button>
      ) : null}
    </div>
  );
};
