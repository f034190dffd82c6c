import { api, read } from "@cove/api/client";
import type { Contact } from "@cove/api/types";
import { dayOf } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useQuery } from "@tanstack/react-query";

const LOOKED_AT = 200;
const REFRESH = 30_000;

interface ContactFigures {
  total: number;
  newToday: number;
  /** The day's new contacts were more than were looked at. */
  newTodayExact: boolean;
  lost: number;
  newest: Contact[];
}

async function list(query: { state: "current" | "lost"; limit: number; sort?: "-created_at" }) {
  return read(api.GET("/api/contacts", { params: { query } }));
}

/** How many contacts there are, came today and were lost; and the newest of them. */
export function useContactFigures(enabled: boolean) {
  const { timezone } = useRegion();
  return useQuery({
    queryKey: ["contacts", "figures", timezone],
    enabled,
    refetchInterval: REFRESH,
    queryFn: async (): Promise<ContactFigures> => {
      const [current, lost] = await Promise.all([
        list({ state: "current", limit: LOOKED_AT, sort: "-created_at" }),
        list({ state: "lost", limit: 1 }),
      ]);
      const today = dayOf(new Date(), timezone);
      const newToday = current.items.filter((contact) => dayOf(contact.created_at, timezone) === today).length;
      return { total: current.total ?? 0, lost: lost.total ?? 0, newToday, newTodayExact: newToday < LOOKED_AT, newest: current.items };
    },
  });
}
