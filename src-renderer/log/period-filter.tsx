import { Menu } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { TextField } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords, type Words } from '../words/use-words.ts';
import type { LogSearch } from './log-address.ts';
import { dayBefore, dayOf, lastDays, startOfDay } from './period.ts';

interface Period {
  readonly from?: string;
  readonly to?: string;
}

/** A period by its days: “1 Nov 2026 to 24 Nov 2026”. */
export const periodInWords = (say: Words, { from, to }: Period): string => {
  const last = to === undefined ? undefined : new Date(Date.parse(to) - 1).toISOString();
  if (from !== undefined && last !== undefined) {
    if (say.date(from) === say.date(last)) return say.date(from);
    return say('log.period.fromTo', { from: say.date(from), to: say.date(last) });
  }
  if (from !== undefined) return say('log.period.from', { from: say.date(from) });
  return last === undefined ? say('log.period.any') : say('log.period.to', { to: say.date(last) });
};

const CustomPeriod = ({
  search,
  isOpen,
  onClose,
  onChoose,
}: {
  search: Period;
  isOpen: boolean;
  onClose: () => void;
  onChoose: (period: Period) => void;
}) => {
  const say = useWords();
  const [from, setFrom] = useState(search.from ? dayOf(new Date(search.from)) : '');
  const [to, setTo] = useState(search.to ? dayBefore(search.to) : '');
  const isWrong = from !== '' && to !== '' && from > to;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isWrong) return;
    const start = from === '' ? null : startOfDay(from);
    const end = to === '' ? null : startOfDay(to, 1);
    onChoose({ ...(start === null ? {} : { from: start }), ...(end === null ? {} : { to: end }) });
    onClose();
  };
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('log.filter.name.period')} size={400}>
      <form onSubmit={submit} style={{ display: 'contents' }}>
        <TextField
          label={say('log.filter.from')}
          type="date"
          value={from}
          onChange={(event) => {
            setFrom(event.currentTarget.value);
          }}
        />
        <TextField
          label={say('log.filter.to')}
          type="date"
          value={to}
          problem={isWrong ? say('log.filter.wrongOrder') : null}
          onChange={(event) => {
            setTo(event.currentTarget.value);
          }}
        />
        <div className="dialog-acts">
          <Button onClick={onClose}>{say('act.cancel')}</Button>
          <Button kind="primary" type="submit" whyNot={isWrong ? say('log.filter.wrongOrder') : null}>
            {say('log.filter.show')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

/** Which time the log shows. */
export const PeriodFilter = ({ search, onChoose }: { search: LogSearch; onChoose: (period: Period) => void }) => {
  const say = useWords();
  const [isCustom, setIsCustom] = useState(false);
  const isOn = search.from !== undefined || search.to !== undefined;
  const name = say('log.filter.name.period');
  const value = isOn ? periodInWords(say, search) : say('log.filter.period');
  return (
    <>
      <Menu position="bottom-start" width={200}>
        <Menu.Target>
          <button
            type="button"
            className={`button lined ${isOn ? 'chosen' : ''}`}
            aria-label={say('log.filter.label', { name, value })}
          >
            {value}
            <Icon name="down" size="small" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              onChoose({});
            }}
          >
            {say('log.filter.period')}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              onChoose(lastDays(1, Date.now()));
            }}
          >
            {say('log.filter.today')}
          </Menu.Item>
          {[7, 30].map((count) => (
            <Menu.Item
              key={count}
              onClick={() => {
                onChoose(lastDays(count, Date.now()));
              }}
            >
              {say('log.filter.days', { count })}
            </Menu.Item>
          ))}
          <Menu.Item
            onClick={() => {
              setIsCustom(true);
            }}
          >
            {say('log.filter.custom')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isCustom ? (
        <CustomPeriod
          search={search}
          isOpen
          onClose={() => {
            setIsCustom(false);
          }}
          onChoose={onChoose}
        />
      ) : null}
    </>
  );
};
