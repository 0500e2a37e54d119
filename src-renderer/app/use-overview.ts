import { useQuery } from '@tanstack/react-query';
import type { Overview } from '#workflows/contract/desk.contract.ts';
import { desk } from '../api/client.ts';

/** Counts, the switch and the journal's state; also read now and then, because time passes without a record. */
export const useOverview = (): Overview | undefined =>
  useQuery({ ...desk.desk.overview.queryOptions(), refetchInterval: 30_000 }).data;
