import type { Texts } from "@cove/kit/locales/texts";

import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = {
  state: { planning: "Counting", running: "Under way", done: "Done", stopped: "Stopped", undoing: "Being undone", undone: "Undone" },
  changed_one: "{{count}} changed",
  changed_other: "{{count}} changed",
  skipped_one: "{{count}} left as it was",
  skipped_other: "{{count}} left as they were",
  takenBack_one: "{{count}} undone",
  takenBack_other: "{{count}} undone",
  conflicts_one: "{{count}} kept because it was changed since",
  conflicts_other: "{{count}} kept because they were changed since",
  undo: "Undo",
  undoSure: "Undo this change?",
  undoText: "Everything goes back to what it was; what was changed since stays and is listed.",
  undoStarted: "It is being undone; see Tasks for progress",
  goOn: "Continue",
  undoUntil: "Can be undone until",
};
