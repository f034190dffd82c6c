import type { Texts } from "@cove/kit/locales/texts";

import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = {
  menu: "Set aside",
  menuText: "What could not be processed, to be tried again",
  title: "Set aside",
  empty: "Nothing was set aside",
  emptyText: "What could not be processed waits here while everything else goes on. Remove the cause, then retry.",
  retry: "Retry",
  retried_one: "{{count}} item was processed again",
  retried_other: "{{count}} items were processed again",
  column: { caption: "What happened", consumer: "Where it failed", error: "Reason", failedAt: "When", tries: "Tries", act: "Action" },
};
