import type { Texts } from "@cove/kit/locales/texts";

import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = {
  menu: "Audit log",
  menuText: "Who changed or looked at what, and when",
  title: "Audit log",
  search: "Search names of members or records",
  empty: "Nothing was recorded yet",
  emptyText: "Who changed what and when, who looked at sensitive fields, what was exported: all of it is noted here by itself, and nobody can change or delete it.",
  column: { at: "Time", who: "Who", deed: "Deed", record: "Record", outcome: "Outcome", from: "From" },
  filter: { member: "Member", deed: "Kind", operation: "Deed", record: "Record", outcome: "Outcome", door: "Door", first: "First day", last: "Last day" },
  actor: { member: "Member", key: "API key {{id}}", system: "Cove by itself", visitor: "Visitor", forMember: "{{name}} (API key {{id}})", nobody: "Member no. {{id}}" },
  outcome: { done: "Done", refused: "Refused: no right", failed: "Failed" },
  door: { console: "Console", api: "Open API", public: "Public page", callback: "Platform callback", work: "Background", command_line: "Command line" },
  op: { insert: "Added", update: "Changed", delete: "Deleted" },
  records: "{{count}} × {{label}}",
  withId: "{{label}} no. {{id}}",
  export: "Export",
  exportStarted: "The export has begun; find the file among the background jobs",
  detail: {
    title: "Entry", changes: "What changed", causes: "Why", from: "From where", about: "Deed",
    noChanges: "No data were changed", more: "{{count}} more rows are not shown",
    time: "Time", who: "Who", deed: "Deed", command: "Command", inner: "Commands inside", outcome: "Outcome", record: "Record",
    door: "Door", address: "IP address", agent: "Browser", path: "Request", request: "Request id", session: "Session",
    cause: "Because of “{{fact}}” (no. {{id}}), by the rule “{{rule}}”",
    causeBare: "Because of “{{fact}}” (no. {{id}}), by {{rule}}",
  },
  change: {
    concealed: "Changed; its content is never kept", forgotten: "Blanked when the person was erased",
    summed: "{{count}} rows at once; only their number and some of them are kept: {{sample}}", blank: "empty",
  },
  history: { title: "History", empty: "Nothing was changed yet", more: "Show more" },
};
