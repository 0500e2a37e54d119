import { QueryClient } from '@tanstack/react-query';
import { toDeskError } from './errors.ts';

const RETRIED = new Set(['OFFLINE', 'UNAVAILABLE', 'VERSION_CONFLICT']);

/**
 * What the desk answered, kept until the desk says that it changed. Reads are tried again when it could not be reached;
 * commands never by themselves, because the person must see what became of them.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: true,
        networkMode: 'always',
        retry: (count, error) => count < 2 && RETRIED.has(toDeskError(error).code),
        retryDelay: (count) => 300 * 2 ** count,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
