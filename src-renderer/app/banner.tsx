import type { ReactNode } from 'react';
import { Icon, type IconName } from '../design/icon.tsx';

/** A strip above every screen; one that alarms is read out at once. */
export const Banner = ({
  icon,
  tone,
  children,
  acts,
}: {
  icon: IconName;
  tone?: 'caution' | 'alarm';
  children: ReactNode;
  acts?: ReactNode;
}) => (
  <div className={`banner ${tone ?? ''}`} role={tone === 'alarm' ? 'alert' : 'status'}>
    <Icon name={icon} />
    <p>{children}</p>
    {acts}
  </div>
);
