import { join } from 'node:path';
import { Desk } from '#main/core/desk.ts';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { PreferencesStore } from '#main/preferences/preferences-store.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { TestClock } from '../core/test-clock.ts';
import { httpChannel } from './http-channel.ts';
import { killingStorage, type KillPoints } from './kill-points.ts';

/** Where a desk is and what it sends to; passed to a child as JSON. */
export interface Place {
  /** Holds `workspace/` and `home/`. */
  readonly root: string;
  /** What the desk's clock shows, milliseconds since 1970. */
  readonly now: number;
  readonly server: string;
  readonly hasKeys: boolean;
}

/** Opens the desk as the program does, on the real disk; what it does by itself is done when it is asked. */
export const openDesk = async (
  { root, now, server, hasKeys }: Place,
  points: KillPoints,
  onFault: (message: string, error: unknown) => void,
): Promise<{ desk: Desk; clock: TestClock }> => {
  const home = join(root, 'home');
  const storage = killingStorage(diskStorage, points);
  const clock = new TestClock(now);
  const desk = await Desk.open({
    folder: join(root, 'workspace'),
    storage,
    clock,
    machine: fileMachineSecret(join(home, 'machine.key'), diskStorage),
    cost: PRACTICE_COST,
    preferences: new PreferencesStore(home, storage),
    channels: httpChannel({ server, hasKeys, points }),
    onFault,
    runsByItself: false,
  });
  return { desk, clock };
};
