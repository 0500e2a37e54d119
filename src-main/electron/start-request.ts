import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LINK_SCHEME } from './deep-link.ts';

/** What a start of the program asks for; the second start hands it to the first. */
export const startRequestSchema = z.strictObject({
  /** A folder to open, absolute; `null` for the last one. */
  workspace: z.string().max(4_000).nullable(),
  /** A link that the operating system hands over, unread. */
  link: z.string().max(2_000).nullable(),
});
export type StartRequest = z.infer<typeof startRequestSchema>;

/**
 * Reads `--workspace DIR` and a link from a command line. Chromium's own switches stand among the parameters, so what is
 * not known is passed over.
 * @param parameters without the program itself
 * @param folder in which the program was started
 */
export const readStartRequest = (parameters: readonly string[], folder: string): StartRequest => {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    options: { workspace: { type: 'string' } },
    strict: false,
    allowPositionals: true,
  });
  const { workspace } = values;
  return {
    workspace: typeof workspace === 'string' && workspace !== '' ? resolve(folder, workspace) : null,
    link: positionals.find((text) => text.startsWith(`${LINK_SCHEME}:`)) ?? null,
  };
};
