import { useWords } from '../words/use-words.ts';
import type { VersionStateName } from './version-state.tsx';

interface Base {
  readonly version: number;
  readonly state: VersionStateName;
}

/** As many stand side by side; more are a list. */
const SIDE_BY_SIDE = 3;

/** With which other version the one on the screen is compared; `null` for none. */
export const BaseChoice = ({
  versions,
  chosen,
  onChoose,
}: {
  versions: readonly Base[];
  chosen: number | null;
  onChoose: (version: number | null) => void;
}) => {
  const say = useWords();
  if (versions.length === 0) return null;
  const nameOf = ({ version, state }: Base): string =>
    state === 'approved'
      ? `${say('version.number', { version })}, ${say('version.state.approved').toLocaleLowerCase()}`
      : say('version.number', { version });
  return (
    <>
      <span className="label">{say('compare.with')}</span>
      {versions.length > SIDE_BY_SIDE ? (
        <select
          className="input fitting"
          aria-label={say('compare.with')}
          value={chosen ?? ''}
          onChange={({ currentTarget: { value } }) => {
            onChoose(value === '' ? null : Number(value));
          }}
        >
          <option value="">{say('compare.nothing')}</option>
          {versions.map((base) => (
            <option key={base.version} value={base.version}>
              {nameOf(base)}
            </option>
          ))}
        </select>
      ) : (
        <span className="segments" role="group" aria-label={say('compare.with')}>
          {versions.map((base) => (
            <button
              key={base.version}
              type="button"
              aria-pressed={chosen === base.version}
              onClick={() => {
                onChoose(base.version);
              }}
            >
              {nameOf(base)}
            </button>
          ))}
          <button
            type="button"
            aria-pressed={chosen === null}
            onClick={() => {
              onChoose(null);
            }}
          >
            {say('compare.nothing')}
          </button>
        </span>
      )}
    </>
  );
};

/**
 * What a version is compared with before the reader chooses: the one in force before it while it is being decided,
 * else nothing.
 */
export const firstBase = (versions: readonly Base[], shown: Base): number | null =>
  shown.state === 'inReview' || shown.state === 'draft'
    ? (versions.findLast(({ version, state }) => version < shown.version && state === 'approved')?.version ?? null)
    : null;
