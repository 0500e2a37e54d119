import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RefusalError } from '#workflows/errors.ts';
import { fileMachineSecret } from '#main/keys/machine-secret.ts';
import { PRACTICE_COST } from '#main/keys/passphrase.ts';
import { networkFileSystem, refuseNetworkFolder } from '#main/storage/network-folder.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { createWorkspace } from '#main/workspace/create-workspace.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';
import { TestClock } from '../core/test-clock.ts';

const MOUNTS = [
  '22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw',
  '40 22 0:45 / /mnt/team rw,relatime shared:20 - nfs4 server:/team rw,vers=4.2',
  '41 40 0:46 / /mnt/team/local rw - tmpfs tmpfs rw',
  '42 22 0:47 / /mnt/two\\040words rw,nosuid - cifs //server/share rw',
  '43 22 0:48 / /home/ada/far rw - fuse.sshfs ada@far:/ rw',
  '44 22 0:49 / /mnt/both rw - nfs server:/both rw',
  '45 44 259:3 / /mnt/both rw - xfs /dev/sdb1 rw',
  '',
].join('\n');

test.each([
  ['/home/ada', null],
  ['/mnt/team', 'nfs4'],
  ['/mnt/team/desk/deeper', 'nfs4'],
  ['/mnt/team/local/desk', null],
  ['/mnt/teamwork', null],
  ['/mnt/two words/desk', 'cifs'],
  ['/home/ada/far/desk', 'fuse.sshfs'],
  ['/mnt/both/desk', null],
])('%s lies on a network file system: %s', (path, kind) => {
  expect(networkFileSystem(MOUNTS, path)).toBe(kind);
});

test('where the system does not tell, nothing is refused', () => {
  expect(networkFileSystem('', '/home/ada')).toBeNull();
});

describe('a folder on a network drive', () => {
  const mountedAt = (folder: string) => (): string => `40 22 0:45 / ${realpathSync(folder)} rw - nfs4 server:/team rw`;

  test('is refused, also where it is reached by a link or does not exist yet, and others are not', () => {
    const folder = temporaryFolder();
    for (const place of [folder, join(folder, 'new', 'desk')]) {
      expect(() => {
        refuseNetworkFolder(place, mountedAt(folder));
      }).toThrow(RefusalError);
    }
    refuseNetworkFolder(temporaryFolder(), mountedAt(folder));
    refuseNetworkFolder(folder);
  });

  test('gets no workspace, and nothing is left in it', async () => {
    const folder = temporaryFolder();
    const desk = join(folder, 'desk');
    const machine = fileMachineSecret(join(temporaryFolder(), 'machine.key'), diskStorage);
    const context = { storage: diskStorage, clock: new TestClock(), machine, cost: PRACTICE_COST };
    const input = { folder: desk, name: 'Desk', adminName: 'Ada', passphrase: 'a passphrase for tests' };
    await expect(createWorkspace(input, { ...context, mounts: mountedAt(folder) })).rejects.toMatchObject({
      refusal: { code: 'INVALID_INPUT', reason: 'folderOnNetwork', values: { kind: 'nfs4' } },
    });
    expect(existsSync(desk)).toBe(false);
    await createWorkspace(input, context);
    expect(existsSync(desk)).toBe(true);
  });
});
