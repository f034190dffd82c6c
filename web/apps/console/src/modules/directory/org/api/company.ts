import { api, read } from "@cove/api/client";
import { sessionQuery } from "@cove/api/session";
import type { CompanyChange } from "@cove/api/types";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

export const companyQuery = queryOptions({
  queryKey: ["company"],
  queryFn: () => read(api.GET("/api/company")),
});

export function useChangeCompany() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CompanyChange) => read(api.PUT("/api/company", { body })),
    onSuccess: (company) => {
      queries.setQueryData(companyQuery.queryKey, company);
      return queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
}
