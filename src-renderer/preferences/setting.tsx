import type { ReactNode } from 'react';

/** One thing that can be chosen: what it is and means at the left, the choice at the right. */
export const Setting = ({
  title,
  titleId,
  textId,
  text,
  children,
}: {
  title: string;
  titleId?: string;
  textId?: string;
  text: string;
  children?: ReactNode;
}) => (
  <div className="setting">
    <div>
      <h3 id={titleId}>{title}</h3>
      <p className="soft" id={textId}>
        {text}
      </p>
    </div>
    {children ? <div className="choice">{children}</div> : null}
  </div>
);
