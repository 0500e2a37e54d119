import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface StateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
  /** Buttons that name the next step. */
  readonly acts?: ReactNode;
}

/** In the place of a pane's content: what happened, what is safe, what to do now. */
export const Blank = ({ icon, title, children, acts, isBad }: StateProps & { isBad?: boolean }) => (
  <div className="blank">
    <Icon name={icon} size="large" className={isBad ? 'bad' : ''} />
    <h2>{title}</h2>
    {children ? <p>{children}</p> : null}
    {acts ? <div className="acts">{acts}</div> : null}
  </div>
);

/** Above a pane's content, which stays usable. */
export const Strip = ({ icon, title, children, acts, tone }: StateProps & { tone?: 'caution' | 'alarm' }) => (
  <div className={`strip ${tone ?? ''}`} role={tone === 'alarm' ? 'alert' : 'status'}>
    <Icon name={icon} />
    <h2>{title}</h2>
    {children ? <p>{children}</p> : null}
    {acts ? <div className="acts">{acts}</div> : null}
  </div>
);
