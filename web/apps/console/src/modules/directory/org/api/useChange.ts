import { useMutation, useQueryClient } from "@tanstack/react-query";

/** A change of the organisation: what shows members or departments is read again. */
export function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all([
      queries.invalidateQueries({ queryKey: ["departments"] }),
      queries.invalidateQueries({ queryKey: ["members"] }),
    ]),
  });
}
