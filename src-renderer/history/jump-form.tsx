import { useId, useState, type KeyboardEvent, type Ref, type SyntheticEvent } from 'react';
import { useIntl } from 'react-intl';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';
import { readTypedMoment } from './typed-moment.ts';
import './jump.css';

/** Goes to a record by its number, or to the newest record at or before a date and time. */
export const JumpForm = ({
  newest,
  example,
  onTravel,
  field,
}: {
  /** Number of the newest record; `null` while it is not known. */
  newest: number | null;
  /** A time that is shown as an example. */
  example: string;
  /** @param moment as it stands in an address of the past */
  onTravel: (moment: string) => void;
  field?: Ref<HTMLInputElement>;
}) => {
  const say = useWords();
  const { locale } = useIntl();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const clear = (): void => {
    setTyped('');
    setProblem(null);
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const moment = readTypedMoment(typed, locale);
    if (!moment) setProblem(say('history.jump.notUnderstood', { example: say.dayAndClock(example) }));
    else if (moment.kind === 'record' && newest !== null && moment.asOf > newest)
      setProblem(say('history.jump.tooNew', { seq: moment.asOf, newest }));
    else {
      clear();
      onTravel(moment.kind === 'record' ? String(moment.asOf) : moment.at);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    // Esc in the field puts away what was typed; the next one goes back to now.
    event.preventDefault();
    clear();
    document.querySelector<HTMLElement>('#content')?.focus({ preventScroll: true });
  };
  return (
    <form className="jump" onSubmit={submit} noValidate>
      <input
        ref={field}
        className="input"
        value={typed}
        aria-label={say('history.jump')}
        aria-describedby={problem ? `${id}-problem` : `${id}-hint`}
        aria-invalid={problem ? true : undefined}
        placeholder={say('history.jump')}
        autoComplete="off"
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setProblem(null);
        }}
        onKeyDown={onKeyDown}
      />
      <Button type="submit" kind="lined">
        {say('history.jump.go')}
      </Button>
      {problem ? (
        <p className="problem" id={`${id}-problem`} role="alert">
          <Icon name="stop" size="small" />
          {problem}
        </p>
      ) : (
        <p className="hint" id={`${id}-hint`}>
          {say('history.jump.hint', { example: say.dayAndClock(example) })}
        </p>
      )}
    </form>
  );
};
