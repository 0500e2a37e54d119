import type { TemplateVersionView } from '#workflows/contract/template.contract.ts';
import { Icon, type IconName } from '../design/icon.tsx';
import { useWords } from '../words/use-words.ts';

/** A version of a template or of the policy: what both have in common. */
export type VersionFacts = Omit<TemplateVersionView, 'content'>;
export type VersionStateName = VersionFacts['state'];

interface Look {
  readonly icon: IconName;
  readonly tone: '' | 'ok' | 'warn' | 'bad';
}

export const LOOK_OF: Readonly<Record<VersionStateName, Look>> = {
  draft: { icon: 'pen', tone: '' },
  inReview: { icon: 'dot', tone: '' },
  approved: { icon: 'check-circle', tone: 'ok' },
  superseded: { icon: 'swap', tone: '' },
  retired: { icon: 'lock', tone: '' },
  expired: { icon: 'clock', tone: 'warn' },
  rejected: { icon: 'close', tone: 'bad' },
};

/** How far a version is, as a sign and a word. */
export const VersionState = ({ state }: { state: VersionStateName }) => {
  const say = useWords();
  const { icon, tone } = LOOK_OF[state];
  return (
    <span className="state">
      <Icon name={icon} size="small" className={tone} />
      {say(`version.state.${state}`)}
    </span>
  );
};
