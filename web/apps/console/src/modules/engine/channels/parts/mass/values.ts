import type { MassAim, Named, NewMass, ShownAttachment } from "@cove/api/types";
import { urlNumber, type UrlState } from "@cove/kit/list/useUrlState";

import { partOf } from "../content/values";

export const MOST_GROUPS = 200;

export interface MassValues {
  name: string;
  kind: "customers" | "groups" | "chosen";
  tag_ids: number[];
  owner?: Named;
  source?: string;
  sender?: Named;
  groups: Named[];
  text: string;
  parts: ShownAttachment[];
}

export const NEW_MASS: MassValues = { name: "", kind: "customers", tag_ids: [], groups: [], text: "", parts: [] };

const LISTED = "listed";
const NARROWING = ["search", "tag_id", "owner_id", "code_id", "source", "state"] as const;

/** The filters of the list of contacts, as an address has them. */
export function narrowing(filters: UrlState): string {
  return new URLSearchParams(NARROWING.flatMap((key): [string, string][] => (filters[key] ? [[key, filters[key]]] : []))).toString();
}

/** The part of an address that says for whom: those whom the list of contacts shows with these filters. */
export const listedQuery = (filters: UrlState) => `${LISTED}=1&${narrowing(filters)}`;

/** Those whom such an address names; nothing if it names nobody. */
export function listedAim(state: UrlState): MassAim | undefined {
  if (!state[LISTED]) return undefined;
  return {
    kind: "customers",
    search: state.search ?? "",
    tag_id: urlNumber(state.tag_id) ?? null,
    owner_id: urlNumber(state.owner_id) ?? null,
    code_id: urlNumber(state.code_id) ?? null,
    source: state.source ?? "",
    state: state.state === "current" || state.state === "lost" ? state.state : "",
  };
}

/** For whom a message of these values is. */
export function aimOf({ kind, tag_ids, owner, source, groups }: MassValues): MassAim {
  if (kind !== "customers") return { kind: "groups", group_ids: kind === "chosen" ? groups.map((one) => one.id) : [], source: "", search: "", state: "" };
  return { kind, tag_id: tag_ids[0] ?? null, owner_id: owner?.id ?? null, source: source ?? "", search: "", state: "" };
}

/** Everything the form says. */
export const bodyOf = (values: MassValues, listed?: MassAim): NewMass => ({
  name: values.name,
  text: values.text,
  attachments: values.parts.map(partOf),
  aim: listed ?? aimOf(values),
  sender_id: listed || values.kind === "customers" ? values.sender?.id ?? null : null,
});
