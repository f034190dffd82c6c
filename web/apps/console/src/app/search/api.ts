import { api, read } from "@cove/api/client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

export const searchQuery = (q: string) => queryOptions({
  queryKey: ["search", q],
  queryFn: ({ signal }) => read(api.GET("/api/search", { params: { query: { q } }, signal })),
  enabled: q !== "",
  placeholderData: q === "" ? undefined : keepPreviousData,
});
