import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Queue } from '#workflows/contract/reply.contract.ts';
import type { ReplyId } from '#workflows/identifiers.ts';
import { bareId, type DeskSearch } from '../app/addresses.ts';
import { usePast } from './past.tsx';

/** A link to a reply: as it is, or, where the desk of the past is shown, as it was then. */
export const ReplyLink = ({
  queue,
  reply,
  search = {},
  className,
  isChosen = false,
  children,
}: {
  queue: Queue;
  reply: ReplyId;
  search?: DeskSearch;
  className: string;
  isChosen?: boolean;
  children: ReactNode;
}) => {
  const past = usePast();
  const look = { className, 'aria-current': isChosen ? ('true' as const) : undefined };
  if (!past)
    return (
      <Link to="/queue/$queue/$reply" params={{ queue, reply: bareId(reply) }} search={search} {...look}>
        {children}
      </Link>
    );
  return (
    <Link
      to="/as-of/$moment/queue/$queue/$reply"
      params={{ moment: String(past.asOf), queue, reply: bareId(reply) }}
      search={search}
      {...look}
    >
      {children}
    </Link>
  );
};
