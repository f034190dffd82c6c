import { api, read } from "@cove/api/client";
import { useKeyset } from "@cove/api/keyset";
import type { CreditMovement } from "@cove/api/types";
import { queryOptions } from "@tanstack/react-query";

export const CREDITS = "/settings/credits";

export const creditsQuery = queryOptions({ queryKey: ["credits"], queryFn: () => read(api.GET("/api/credits")) });

export function useMovements(tariff: string) {
  return useKeyset<CreditMovement>({
    queryKey: ["credits", "movements", tariff],
    fetchPage: (cursor) => read(api.GET("/api/credits/{tariff}/movements", { params: { path: { tariff }, query: { cursor } } })),
  });
}
