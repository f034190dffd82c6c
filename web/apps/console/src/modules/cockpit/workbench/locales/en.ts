import type { Texts } from "@cove/kit/locales/texts";

import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = {
  mine: {
    title: "Handed to me",
    name: "Contact",
    company: "Company",
    from: "From",
    why: "Why",
    at: "Handed over",
    tags: "Tags",
    brief: "Brief",
    open: "Open",
    empty: "Nobody was handed to you yet",
    emptyText: "Contacts whom a colleague leaves to you are listed here, each with a brief.",
  },
  brief: {
    title: "Brief",
    summary: "Brief of the hand-over",
    from: "Handed over by {{from}} to {{to}}",
    given: "Assigned to {{to}}",
    since: "added",
    seen: "last active",
    tags: "Tags: ",
    and: ", ",
    open: "Open",
    notes: "Last notes",
    facts: "What happened last",
    counts: "What was handed over",
    print: "Print",
  },
  menu: "Home",
  hello: "Hello, {{name}}",
  tile: { total: "Contacts", today: "New today", scans: "Scans, last 7 days", visits: "Visits, last 7 days", lost: "Lost today", jobs: "Tasks running", failures: "Set aside" },
  activity: { title: "Scans, last 7 days", scans: "Scans", unit: "times", day: "Day" },
  newest: { title: "Newest contacts", all: "All contacts", empty: "No contacts yet", emptyText: "Whoever scans a code and adds a member shows up here at once." },
  first: {
    title: "Three steps to the first customer",
    done: "Done",
    wecom: "Connect WeCom",
    wecomText: "Enter the corp ID and the app's secret, check the connection.",
    code: "Create a live code",
    codeText: "Choose members, tags and a welcome, and get the QR code.",
    scan: "Scan it",
    scanText: "Scan with a phone, add the member, and see the contact arrive.",
  },
};
