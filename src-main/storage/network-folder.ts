import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { refuse, RefusalError } from '#workflows/errors.ts';

/** File systems whose files lie on another machine, as the kernel names them. */
const NETWORK =
  /^(nfs\d?|cifs|smb\d?|smbfs|afs|ceph|ncpfs|glusterfs|lustre|coda|davfs|(fuse\.)(sshfs|rclone|glusterfs|davfs2?|s3fs|gcsfuse|curlftpfs|smbnetfs|ceph))$/;

/** In the table of mounts, blanks in a path are written as octal numbers. */
const plainPath = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/**
 * The kind of file system that a path lies on, where that is one of another machine; `null` where it is not.
 * @param mounts in the form of Linux' `/proc/self/mountinfo` (proc(5)): of mounts on one place the last one counts
 * @param path absolute, without links in it
 */
export const networkFileSystem = (mounts: string, path: string): string | null => {
  let found = { point: '', kind: '' };
  for (const line of mounts.split('\n')) {
    const [place, source] = line.split(' - ');
    const point = plainPath(place?.split(' ')[4] ?? '');
    const kind = source?.split(' ')[0] ?? '';
    const isAround = point !== '' && (path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`));
    if (isAround && point.length >= found.point.length) found = { point, kind };
  }
  return NETWORK.test(found.kind) ? found.kind : null;
};

/** Mounts of this machine; empty where the system does not tell. */
export const readMounts = (): string => {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8');
  } catch {
    return '';
  }
};

/**
 * Locks and flushes are not to be relied on over a network: a second machine could write at the same time and fork the
 * journal. Seen on Linux, and on Windows for paths that name another machine.
 * @param folder need not exist
 * @throws RefusalError when it lies on another machine
 */
export const refuseNetworkFolder = (folder: string, mounts: () => string = readMounts): void => {
  let place = resolve(folder);
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  const isShare = sep === '\\' && place.startsWith('\\\\');
  const kind = isShare ? 'smb' : networkFileSystem(mounts(), realpathSync(place));
  if (kind !== null) throw new RefusalError(refuse('INVALID_INPUT', 'folderOnNetwork', { folder, kind }));
};
