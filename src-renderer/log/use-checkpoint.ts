import { useQuery } from '@tanstack/react-query';
import { desk } from '../api/client.ts';
import { useSession } from '../app/session.tsx';
import { verifyCommand } from './command-line.ts';

/** The newest checkpoint, and the command that checks the files without the app. */
export const useCheckpoint = () => {
  const { workspace } = useSession();
  const checkpoint = useQuery(desk.journal.checkpoint.queryOptions()).data ?? null;
  return {
    checkpoint,
    command: checkpoint ? verifyCommand(workspace.folder, checkpoint.fingerprint) : null,
  };
};

export type Checkpoint = NonNullable<ReturnType<typeof useCheckpoint>['checkpoint']>;
