import { api, read } from "@cove/api/client";
import { queryOptions } from "@tanstack/react-query";

const REFRESH = 15_000;

export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: () => read(api.GET("/api/insight/overview")),
  refetchInterval: REFRESH,
});
