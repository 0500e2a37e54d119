import type { ReactNode } from 'react';
import { useWords, type Words } from '../words/use-words.ts';
import { VersionState, type VersionFacts } from './version-state.tsx';

/** Who approved a version, or who saved it last. */
export const howItCame = (say: Words, { approvedAt, reviews, authors, revisedAt }: VersionFacts): string => {
  const approvers = reviews.flatMap(({ by }) => by?.name ?? []);
  if (approvedAt && approvers.length > 0)
    return say('version.approvedAt', { who: approvers, at: say.moment(approvedAt) });
  return say('version.saved', { who: authors.map(({ name }) => name), at: say.moment(revisedAt) });
};

/** All versions, the newest first, each a link that shows it. */
export const VersionHistory = ({
  versions,
  link,
}: {
  versions: readonly VersionFacts[];
  /** Wraps a version's lines in a link to it. */
  link: (version: number, children: ReactNode) => ReactNode;
}) => {
  const say = useWords();
  return (
    <section className="section versions">
      <h2>{say('version.history')}</h2>
      <ol>
        {versions.toReversed().map((version) => (
          <li key={version.version}>
            {link(
              version.version,
              <>
                <span className="line">
                  <span className="grow">{say('version.number', { version: version.version })}</span>
                  <VersionState state={version.state} />
                </span>
                <span className="label">{howItCame(say, version)}</span>
              </>,
            )}
          </li>
        ))}
      </ol>
    </section>
  );
};
