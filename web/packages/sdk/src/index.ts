import { start } from "./web/start";
import type { Options, WebCove } from "./web/types";

export type { BeforeSend, Consent, CoveEvent, PlanNote, Proof, Properties } from "./core/types";
export type { Call, Options, WebCove } from "./web/types";

let running: WebCove | undefined;

/** Starts measuring, once for each page: a second call returns what the first one did. */
export function init(options: Options): WebCove {
  return (running ??= start(options, []));
}
