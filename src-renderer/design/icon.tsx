import type { ReactNode } from 'react';

const SHAPES = {
  undo: <path d="M5.500 3.500 2.500 6.500l3 3M2.500 6.500h7a3.500 3.500 0 0 1 0 7H6" />,
  redo: <path d="m10.500 3.500 3 3-3 3M13.500 6.500h-7a3.500 3.500 0 0 0 0 7H10" />,
  back: <path d="M6 3.5 2.5 7 6 10.5M2.5 7H10a3.5 3.5 0 0 1 0 7H8" />,
  chat: <path d="M2.5 3h11v8H7.2L4 13.6V11H2.5z" />,
  check: <path d="m3.5 8.5 3 3 6-7" />,
  'check-circle': (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="m5.3 8.2 1.9 1.9 3.5-4" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 4.6V8l2.3 1.5" />
    </>
  ),
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.500 5.500V4A1.500 1.500 0 0 0 9 2.500H4A1.500 1.500 0 0 0 2.500 4v5A1.500 1.500 0 0 0 4 10.500h1.500" />
    </>
  ),
  dot: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <circle cx="8" cy="8" r="2.6" fill="currentColor" stroke="none" />
    </>
  ),
  down: <path d="M4.500 6.500 8 10l3.500-3.500" />,
  download: <path d="M8 2.500v7.500M4.800 7 8 10.200 11.200 7M2.500 13.500h11" />,
  eye: (
    <>
      <path d="M1.500 8S4 3.600 8 3.600 14.500 8 14.500 8 12 12.400 8 12.400 1.500 8 1.500 8z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  fork: <path d="M5 2.500v11M5 9.500c4 0 6-1.200 6-5M8.800 6.200 11 4l2.200 2.200" />,
  globe: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M1.800 8h12.400M8 1.800c2 2 2.600 4 2.600 6.200S10 12.200 8 14.200C6 12.200 5.400 10.200 5.400 8S6 3.800 8 1.800z" />
    </>
  ),
  inbox: (
    <>
      <path d="m2 9.200 2-6h8l2 6v3.600H2z" />
      <path d="M2 9.200h3.600c.3 1.300 1.200 2 2.400 2s2.100-.7 2.400-2H14" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="11" r="2.8" />
      <path d="m7 9 6.500-6.500M11 4.500l1.800 1.800" />
    </>
  ),
  lock: (
    <>
      <rect x="3.200" y="7" width="9.600" height="6.600" rx="1.500" />
      <path d="M5.200 7V5a2.800 2.800 0 0 1 5.600 0v2" />
    </>
  ),
  more: (
    <>
      <circle cx="3.500" cy="8" r=".9" fill="currentColor" />
      <circle cx="8" cy="8" r=".9" fill="currentColor" />
      <circle cx="12.500" cy="8" r=".9" fill="currentColor" />
    </>
  ),
  offline: (
    <path d="M2 6.400a8.600 8.600 0 0 1 12 0M4.300 8.900a5.300 5.300 0 0 1 7.400 0M2.500 13.500l11-11M8 12.200v.1" />
  ),
  panel: (
    <>
      <rect x="1.800" y="2.800" width="12.400" height="10.400" rx="1.500" />
      <path d="M10 2.800v10.400" />
    </>
  ),
  pause: <path d="M5.500 3.500v9M10.500 3.500v9" />,
  pen: <path d="m10.800 2.800 2.400 2.400-7.600 7.600-3 .6.6-3z" />,
  people: (
    <>
      <circle cx="6" cy="5.500" r="2.500" />
      <path d="M1.800 13.200c.3-2.600 2-4 4.200-4s3.900 1.400 4.200 4M10.500 3.300a2.500 2.500 0 0 1 0 4.400M11.500 9.500c1.500.5 2.500 1.800 2.700 3.700" />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5.2" r="2.7" />
      <path d="M3 13.5c.4-2.800 2.400-4.300 5-4.300s4.600 1.500 5 4.300" />
    </>
  ),
  plus: <path d="M8 3.500v9M3.500 8h9" />,
  print: (
    <>
      <path d="M4.500 6V2.500h7V6M4.500 11.500h-2V6h11v5.500h-2" />
      <rect x="4.500" y="9.500" width="7" height="4" />
    </>
  ),
  ring: <circle cx="8" cy="8" r="6.2" />,
  seal: (
    <>
      <circle cx="8" cy="6.200" r="4.200" />
      <path d="m6.300 6.300 1.200 1.200 2.200-2.400M5.600 9.800 4.800 14.500 8 12.800l3.200 1.700-.8-4.700" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.500" />
      <path d="M10.400 10.400 14 14" />
    </>
  ),
  send: <path d="M14 2 7.200 8.800M14 2 9.800 14 7.200 8.800 2 6.200z" />,
  shield: <path d="M8 1.800 13 3.600v4c0 3.200-2.100 5.400-5 6.600-2.900-1.200-5-3.400-5-6.600v-4z" />,
  stop: (
    <>
      <circle cx="8" cy="8" r="6.2" />
      <path d="M8 4.800v3.900M8 11v.1" />
    </>
  ),
  swap: <path d="M3 5.500h9.500L10 3M13 10.500H3.500L6 13" />,
  template: (
    <>
      <rect x="2.500" y="2.500" width="11" height="11" rx="1.500" />
      <path d="M5 5.800h6M5 8.200h6M5 10.600h3" />
    </>
  ),
  warn: <path d="m8 2.200 6.200 11H1.800zM8 6.400v3.200M8 11.400v.1" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** A sign beside a word; never alone, so it is hidden from screen readers. */
export const Icon = ({
  name,
  size,
  className = '',
}: {
  name: IconName;
  size?: 'small' | 'large' | undefined;
  className?: string;
}) => (
  <svg className={`icon ${size ?? ''} ${className}`.trim()} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    {SHAPES[name]}
  </svg>
);
