import { useQuery } from "@tanstack/react-query";

import { wecomQuery } from "../api";

/** Whether WeCom is connected; nothing while that is not known. */
export function useWecomReady(enabled: boolean): boolean | undefined {
  return useQuery({ ...wecomQuery, enabled }).data?.configured;
}
