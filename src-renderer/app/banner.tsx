import type { ReactNode } from 'react';
import { Icon, type IconName } from '../design/icon.tsx';
import { useIsPast } from '../history/past.tsx';

/** A strip above every screen; one that alarms is read out at once. In the past it only tells. */
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
}) => {
  const isPast = useIsPast();
  return (
    <div className={`banner ${tone ?? ''}`} role={tone === 'alarm' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <p>{children}</p>
      {isPast ? null : acts}
    </div>
  );
};
