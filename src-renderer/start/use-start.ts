import { useMutation, useQueryClient } from '@tanstack/react-query';

/** An act that changes which screen stands before the desk: afterwards everything is read anew. */
export const useStart = <Input, Output>(work: (input: Input) => Promise<Output>) => {
  const queries = useQueryClient();
  return useMutation<Output, unknown, Input>({
    mutationFn: work,
    onSuccess: () => queries.invalidateQueries(),
  });
};
