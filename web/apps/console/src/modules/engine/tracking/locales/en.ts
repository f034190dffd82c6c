import { plan } from "./en/plan";

import type { Texts } from "@cove/kit/locales/texts";

import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = {
  menu: "Web tracking",
  title: "Web tracking",
  empty: "Bring visits of your web pages to the timeline",
  emptyText: "Create a source for your site and put its code into the pages. Once a visitor is known, what he saw before is on his timeline too.",
  create: "New source",
  name: "Name",
  nameNeeded: "Enter a name",
  nameHint: "For example: company site, documentation",
  origins: "Allowed origins",
  originsHint: "Data is taken from these addresses only, such as https://www.example.com. Leave empty for no limit.",
  anyOrigin: "No limit",
  created: "Created",
  lastSeen: "Last received",
  never: "Nothing yet",
  writeKey: "Write key",
  copyKey: "Copy write key",
  script: "Page script",
  scriptText: "Paste it before </head> on every page. Page views are sent by themselves, UTM parameters included.",
  curl: "curl",
  curlText: "Send one page view from a server or a terminal, to check the connection.",
  copyCode: "Copy code",
  remove: "Delete source",
  removeTitle: "Delete “{{name}}”?",
  removeText: "Pages that use it can send no more data. What was received stays. This cannot be undone.",
  removeOk: "Delete",
  removed: "“{{name}}” was deleted",
  made: "Created. Put the code into your pages",
  gone: "This source no longer exists",
  plan,
};
