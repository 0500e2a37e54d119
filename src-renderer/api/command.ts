import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { ulid } from 'ulid';

/** What makes two inputs the same command: everything but the passphrase, which only proves who sends it. */
const keyOf = (input: object): string => JSON.stringify({ ...input, passphrase: undefined });

/**
 * A command to the desk. The same input keeps its id until it has succeeded, so that pressing twice, or once more after a
 * failure that was none, does it once; another input is another command.
 */
export const useCommand = <Command extends { commandId: string }, Output>(
  send: (input: Command) => Promise<Output>,
) => {
  type Input = Omit<Command, 'commandId'>;
  const pending = useRef<{ key: string; commandId: string } | null>(null);
  return useMutation<Output, unknown, Input>({
    mutationFn: async (input) => {
      const key = keyOf(input);
      if (pending.current?.key !== key) pending.current = { key, commandId: ulid() };
      const output = await send({ ...input, commandId: pending.current.commandId } as Command);
      pending.current = null;
      return output;
    },
  });
};
