import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  readonly kind?: 'plain' | 'lined' | 'primary';
  readonly size?: 'small';
  readonly icon?: IconName;
  readonly iconAfter?: IconName;
  /** The label's edge, not the box's, stands on the text edge. */
  readonly flush?: boolean;
  readonly wide?: boolean;
  /** Something is under way; the button stays in place and cannot be pressed again. */
  readonly isBusy?: boolean;
  /** Why it cannot be pressed; it stays reachable, so that the reason can be read. */
  readonly whyNot?: string | null;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button that carries words. One that may not be pressed says why, on hover and to screen readers. */
export const Button = ({
  kind = 'plain',
  size,
  icon,
  iconAfter,
  flush,
  wide,
  isBusy,
  whyNot,
  children,
  onClick,
  type = 'button',
  title,
  ...rest
}: ButtonProps) => {
  const classes = ['button', kind === 'plain' ? '' : kind, size ?? '', flush ? 'flush' : '', wide ? 'wide' : ''];
  const isRefused = whyNot !== undefined && whyNot !== null;
  return (
    <button
      {...rest}
      type={type}
      className={classes.filter((name) => name !== '').join(' ')}
      aria-disabled={isRefused || isBusy ? true : undefined}
      aria-busy={isBusy ? true : undefined}
      title={whyNot ?? title}
      onClick={(event) => {
        if (isRefused || isBusy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon ? <Icon name={icon} size={size === 'small' ? 'small' : undefined} /> : null}
      {children}
      {iconAfter ? <Icon name={iconAfter} size="small" /> : null}
    </button>
  );
};

/** A button that is an icon; its words are read aloud and shown on hover. */
export const IconButton = ({
  icon,
  label,
  onClick,
  ...rest
}: { icon: IconName; label: string } & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'>) => (
  <button {...rest} type="button" className="button icon-only" aria-label={label} title={label} onClick={onClick}>
    <Icon name={icon} />
  </button>
);
