import { api, read } from "@cove/api/client";
import { queryOptions } from "@tanstack/react-query";

/** All that can happen, with labels in the reader's language. */
export const factKindsQuery = queryOptions({
  queryKey: ["facts"],
  queryFn: () => read(api.GET("/api/facts")),
  staleTime: Infinity,
});
