import type { CommonOptions, Cove } from "../core/types";

export interface Options extends CommonOptions {
  /** `false`: only what you tell is told. */
  autocapture?: boolean | undefined;
  /** A CSS selector: clicks on these elements are told, beside those with a `data-cove` attribute. */
  clicks?: string | undefined;
  /** Keeps the visitor's id in a cookie of this domain, so that `www.` and `app.` know him as one. */
  domain?: string | undefined;
  /** `true`: measure even if the browser says Do Not Track or Global Privacy Control. */
  ignoreDoNotTrack?: boolean | undefined;
}

/** A call written down before the script was there: `["track", "Signed up", {…}]`. */
export type Call = { [Name in keyof Cove]: [Name, ...Parameters<Cove[Name]>] }[keyof Cove];

export interface WebCove extends Cove {
  push(...calls: Call[]): void;
}
