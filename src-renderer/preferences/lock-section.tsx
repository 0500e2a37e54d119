import { useMutation, useQuery } from '@tanstack/react-query';
import { client, desk } from '../api/client.ts';
import { errorInWords } from '../api/errors.ts';
import { useSession } from '../app/session.tsx';
import { FormProblem } from '../channels/form-problem.tsx';
import { Button } from '../design/button.tsx';
import { useWords } from '../words/use-words.ts';
import type { SectionProps } from './look-section.tsx';
import { Setting } from './setting.tsx';
import { usePreferences } from './use-preferences.ts';

const MINUTES = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480];

/** After how long the desk locks: the person's own choice, never longer than the policy's. */
export const LockSection = ({ onChange }: SectionProps) => {
  const say = useWords();
  const { idleLockMinutes } = usePreferences();
  const { session } = useSession();
  const policy = useQuery(desk.policy.get.queryOptions()).data?.inForce.content.idleLockMinutes;
  const most = policy ?? session.idleLockMinutes;
  const lock = useMutation({ mutationFn: () => client.session.lock() });
  const offered = MINUTES.filter((minutes) => minutes < most);
  const isOdd = idleLockMinutes !== null && !offered.includes(idleLockMinutes);
  return (
    <section className="section" id="lock" tabIndex={-1}>
      <h2>{say('preferences.lock')}</h2>
      <Setting
        title={say('preferences.idle')}
        titleId="idle-title"
        textId="idle-text"
        text={say('preferences.idle.text', { count: most })}
      >
        <select
          className="input"
          aria-labelledby="idle-title"
          aria-describedby="idle-text"
          value={idleLockMinutes ?? 'policy'}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange({ idleLockMinutes: value === 'policy' ? null : Number(value) });
          }}
        >
          <option value="policy">{say('preferences.idle.policy', { count: most })}</option>
          {isOdd ? (
            <option value={idleLockMinutes}>
              {say(idleLockMinutes > most ? 'preferences.idle.over' : 'preferences.idle.minutes', {
                count: idleLockMinutes,
              })}
            </option>
          ) : null}
          {offered.map((minutes) => (
            <option key={minutes} value={minutes}>
              {say('preferences.idle.minutes', { count: minutes })}
            </option>
          ))}
        </select>
        <Button
          kind="lined"
          icon="lock"
          isBusy={lock.isPending}
          onClick={() => {
            lock.mutate();
          }}
        >
          {say('preferences.lockNow')}
        </Button>
        <FormProblem>{lock.isError ? errorInWords(say, lock.error) : null}</FormProblem>
      </Setting>
    </section>
  );
};
