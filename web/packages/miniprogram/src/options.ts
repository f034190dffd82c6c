import type { CommonOptions } from "@cove/sdk/core/types";

export interface Options extends CommonOptions {
  /** `false`: only what you tell is told. */
  autocapture?: boolean | undefined;
  /** What pages are called in reports, by their route: WeChat does not tell a page's title. */
  titles?: Record<string, string> | undefined;
}
