import { TextField } from '../design/field.tsx';
import { useWords } from '../words/use-words.ts';

/** As Bluesky makes them; another form is taken too, with a warning. */
const APP_PASSWORD = /^[a-z0-9]{4}(?:-[a-z0-9]{4}){3}$/i;

/** Where a secret is typed in; it is never shown, and never filled in by the browser. */
export const AppPasswordField = ({
  value,
  onChange,
  problem,
  isFirst = false,
}: {
  value: string;
  onChange: (value: string) => void;
  problem: string | null;
  isFirst?: boolean;
}) => {
  const say = useWords();
  const isUnusual = value !== '' && !APP_PASSWORD.test(value.trim());
  return (
    <TextField
      label={say('channelForm.appPassword')}
      type="password"
      autoComplete="off"
      data-1p-ignore
      spellCheck={false}
      maxLength={200}
      value={value}
      {...(isFirst ? { 'data-autofocus': true } : {})}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
      hint={say(isUnusual ? 'channelForm.appPassword.unusual' : 'channelForm.appPassword.hint')}
      problem={problem}
    />
  );
};
