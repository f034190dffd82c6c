import { useMay } from "@cove/api/session";

const LINK_ONLY = ["link"] as const;

/** What the reader may attach: links, and everything (no list) for whoever may send mass messages, since files are kept by him alone. */
export function useKinds(): typeof LINK_ONLY | undefined {
  return useMay()("wecom.send_mass") ? undefined : LINK_ONLY;
}
