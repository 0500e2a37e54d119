import { join } from 'node:path';
import type { LowSync } from 'lowdb';
import { z } from 'zod';
import { MalformedFileError, openDatabase } from '../storage/database.ts';
import type { Storage } from '../storage/storage.ts';

const desktopStateSchema = z.strictObject({
  /** Where the window was, in display pixels; `null` before it was first closed. */
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }).nullable(),
  isMaximized: z.boolean(),
  /** The key ring troubles that the person does not want to be told of again. */
  acknowledged: z.array(z.string()),
});
export type DesktopState = z.infer<typeof desktopStateSchema>;

const INITIAL: DesktopState = { bounds: null, isMaximized: false, acknowledged: [] };

/** `desktop.json`: what the shell remembers on this machine. One that cannot be read is begun anew. */
export const openDesktopState = (home: string, storage: Storage): LowSync<DesktopState> => {
  const path = join(home, 'desktop.json');
  const options = { schema: desktopStateSchema, initial: structuredClone(INITIAL), storage };
  try {
    return openDatabase(path, options);
  } catch (error) {
    if (!(error instanceof MalformedFileError)) throw error;
    storage.remove(path);
    return openDatabase(path, options);
  }
};
