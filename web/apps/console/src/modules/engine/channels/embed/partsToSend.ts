import type { ShownAttachment } from "@cove/api/types";

import { partOf, type Part } from "../parts/content/values";

/** What is sent to the server for the parts of a message that a form shows. */
export function partsOf(shown: ShownAttachment[]): Part[] {
  return shown.map(partOf);
}
