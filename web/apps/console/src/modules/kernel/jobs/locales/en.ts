import type { Texts } from "@cove/kit/locales/texts";

import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = {
  title: "Tasks",
  open_one: "Tasks, {{count}} in progress",
  open_other: "Tasks, {{count}} in progress",
  none: "No tasks",
  noneText: "Long work such as syncs and imports shows its progress here. You can leave and come back.",
  cancel: "Cancel",
  download: "Download",
  remaining: "about {{time}} left",
  state: { waiting: "Waiting", running: "Running", done: "Done", failed: "Failed", cancelled: "Cancelled" },
};
