import { useId } from 'react';
import type { Role } from '#workflows/people/roles.ts';
import { Icon } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';

export const ROLES: readonly Role[] = ['agent', 'comms', 'legal', 'publisher', 'auditor', 'admin'];

/** Why a role cannot be chosen beside those that are. */
const obstacle = (role: Role, chosen: readonly Role[]): 'auditorAlone' | 'othersFirst' | null => {
  if (role !== 'auditor' && chosen.includes('auditor')) return 'auditorAlone';
  return role === 'auditor' && chosen.some((other) => other !== 'auditor') ? 'othersFirst' : null;
};

/** Roles to choose from, each with what it may do; what excludes what is said where it is. */
export const RoleFields = ({ chosen, onChange }: { chosen: readonly Role[]; onChange: (roles: Role[]) => void }) => {
  const say = useWords();
  const id = useId();
  return (
    <fieldset className="role-fields">
      <legend className="label">{say('people.roles.choose')}</legend>
      {ROLES.map((role) => {
        const why = obstacle(role, chosen);
        return (
          <label key={role} className={`choice ${why ? 'refused' : ''}`}>
            <input
              type="checkbox"
              checked={chosen.includes(role)}
              aria-disabled={why ? true : undefined}
              aria-labelledby={`${id}-${role}-name`}
              aria-describedby={`${id}-${role}`}
              onChange={(event) => {
                if (why) return;
                const { checked } = event.currentTarget;
                onChange(ROLES.filter((other) => (other === role ? checked : chosen.includes(other))));
              }}
            />
            <span>
              <span id={`${id}-${role}-name`}>{say(`role.${role}`)}</span>
              <span className="label" id={`${id}-${role}`}>
                {why ? say(`people.roles.${why}`) : say(`people.role.${role}.may`)}
              </span>
            </span>
          </label>
        );
      })}
      {chosen.includes('comms') && chosen.includes('legal') ? (
        <p className="label line">
          <Icon name="people" size="small" />
          {say('people.roles.both')}
        </p>
      ) : null}
    </fieldset>
  );
};
