import type { PersonView } from '#workflows/contract/people.contract.ts';
import { Icon, type IconName } from '../design/icon.tsx';
import { useNow } from '../words/use-now.ts';
import { useWords } from '../words/use-words.ts';

type Standing = PersonView['keyState'] | 'codeOver' | 'removed';

const LOOKS: Readonly<Record<Standing, { icon: IconName; tone: string }>> = {
  valid: { icon: 'check-circle', tone: 'ok' },
  invited: { icon: 'clock', tone: '' },
  codeOver: { icon: 'warn', tone: 'warn' },
  accepted: { icon: 'dot', tone: 'warn' },
  unconfirmed: { icon: 'dot', tone: 'warn' },
  none: { icon: 'ring', tone: '' },
  removed: { icon: 'lock', tone: '' },
};

/** How a person's key stands now: a code may have run out while one looks. */
export const useKeyStanding = (person: PersonView): Standing => {
  const now = useNow();
  if (person.isRemoved) return 'removed';
  const { keyState, invitationExpiresAt } = person;
  const isOver = invitationExpiresAt !== null && Date.parse(invitationExpiresAt) <= now;
  return keyState === 'invited' && isOver ? 'codeOver' : keyState;
};

export const KeyState = ({ person }: { person: PersonView }) => {
  const say = useWords();
  const standing = useKeyStanding(person);
  const { icon, tone } = LOOKS[standing];
  return (
    <span className="state">
      <Icon name={icon} size="small" className={tone} />
      {say(`people.key.${standing}`)}
    </span>
  );
};

/** Eight characters in two fours, as everywhere. */
export const shortKey = (id: string): string => `${id.slice(0, 4)} ${id.slice(4, 8)}`;

/** All of it in fours, to be read aloud. */
export const FullKey = ({ id }: { id: string }) => {
  const say = useWords();
  return (
    <p className="full-key mono" aria-label={say('people.fingerprint')} role="group">
      {(id.match(/.{1,4}/g) ?? []).map((four, index) => (
        <span key={index}>{four} </span>
      ))}
    </p>
  );
};
