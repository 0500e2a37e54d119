import { statSync } from 'node:fs';
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Unprintable characters, backslashes and colons are in none of our names; Windows reads paths and streams into them. */
const isPlain = (path: string): boolean => !/[\\:]|\p{Cc}/u.test(path);

const decoded = (path: string): string | null => {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
};

/**
 * The file below `folder` that an address's path names; `null` when it would lie anywhere else. The path is hostile: it is
 * decoded once and must then stay below the folder, however it is spelt.
 * @param folder absolute
 * @param pathname as in the address, with its percent signs
 */
export const pathInFolder = (folder: string, pathname: string): string | null => {
  const path = decoded(pathname);
  if (path === null || !isPlain(path)) return null;
  const file = resolve(folder, `.${path.startsWith('/') ? path : `/${path}`}`);
  const below = relative(folder, file);
  const isOutside = below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
  return isOutside ? null : file;
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/**
 * The file that answers a path: itself, or the page for an address of the page's own router, which has no extension.
 * `null` when there is none.
 */
export const fileForPath = (folder: string, pathname: string): string | null => {
  const file = pathInFolder(folder, pathname);
  if (file === null) return null;
  if (isFile(file)) return file;
  return extname(file) === '' ? join(folder, 'index.html') : null;
};
