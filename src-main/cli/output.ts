/** Whoever read the output has gone (`countersign … | head`): the command ends, and it is no failure of its own. */
export const endQuietlyWithoutReader = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
};

/** C0 and C1 control characters, and those that turn the direction of writing. */
const MOVES_THE_TERMINAL = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Words from a journal that somebody may have forged, so that they cannot steer the terminal that shows them. */
export const harmless = (text: string): string => text.replaceAll(MOVES_THE_TERMINAL, '\uFFFD');

/** Whether `parseArgs` refused what was typed. */
export const isUsageError = (error: unknown): error is TypeError =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
