import { useQuery } from "@tanstack/react-query";

import { codeChoicesQuery } from "../api";

/** Whether there is a code in use; nothing while that is not known. */
export function useHasCodes(enabled: boolean): boolean | undefined {
  const { data } = useQuery({ ...codeChoicesQuery, enabled });
  return data && data.items.length > 0;
}
