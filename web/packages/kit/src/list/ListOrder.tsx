import { createContext, use } from "react";

interface ListOrderState {
  ids: number[];
  href: (id: number) => string;
}

/** The order of the list that lies behind an open detail, for "previous" and "next". */
export const ListOrder = createContext<ListOrderState | null>(null);

export interface Neighbours {
  previous?: string;
  next?: string;
}

/** Where previous and next lead: by the list when the row is on it, else by what the server says. */
export function useNeighbours(id: number, fallback?: { previous_id?: number | null; next_id?: number | null }): Neighbours {
  const order = use(ListOrder);
  if (!order) return {};
  const place = order.ids.indexOf(id);
  const known = place >= 0;
  const previous = known ? order.ids[place - 1] : fallback?.previous_id;
  const next = (known ? order.ids[place + 1] : undefined) ?? fallback?.next_id;
  return {
    previous: previous ? order.href(previous) : undefined,
    next: next ? order.href(next) : undefined,
  };
}
