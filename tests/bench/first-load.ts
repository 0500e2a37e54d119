import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Bytes, gzipped file by file, of what the page loads before it shows anything: itself, its scripts and its styles. Fonts,
 * which are compressed already and shown when they are there, are not counted.
 * @param renderer folder of the built page
 */
export const firstLoad = (renderer: string): number => {
  const page = readFileSync(join(renderer, 'index.html'));
  const files = [...page.toString('utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/gu)].map(([, path]) =>
    readFileSync(join(renderer, path ?? '')),
  );
  return [page, ...files].reduce((total, bytes) => total + gzipSync(bytes, { level: 9 }).length, 0);
};
