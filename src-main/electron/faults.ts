import type { Logger } from 'pino';

const inWords = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

/**
 * Logs what nobody caught. After an exception the program's state is unknown, so it ends: the journal holds whatever was
 * answered. A promise that nobody waited for is only logged.
 */
export const watchFaults = (
  source: Pick<NodeJS.Process, 'on'>,
  { logger, end }: { logger: Logger; end: () => void },
): void => {
  source.on('uncaughtException', (error) => {
    logger.fatal({ error: inWords(error) }, 'uncaught exception');
    end();
  });
  source.on('unhandledRejection', (reason) => {
    logger.error({ error: inWords(reason) }, 'unhandled rejection');
  });
};
