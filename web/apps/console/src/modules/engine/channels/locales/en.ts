import { email } from "./en/email";
import { deliveries } from "./en/deliveries";
import { credits } from "./en/credits";
import { health } from "./en/health";
import { rules } from "./en/rules";
import { webhooks } from "./en/webhooks";
import { ads } from "./en/ads";
import { sms } from "./en/sms";

import type { Texts } from "@cove/kit/locales/texts";

import { content } from "./en/content";
import { mass } from "./en/mass";
import { moments } from "./en/moments";
import { scanners } from "./en/scanners";
import { tools } from "./en/tools";
import { wechat } from "./en/wechat";
import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = {
  mass,
  content,
  moments,
  scanners,
  wechat,
  email,
  menu: "WeCom",
  menuText: "Connects the app, callbacks and directory of WeCom",
  title: "WeCom",
  lead: "Once connected, each step of a customer adding a member is noted, and tags and welcomes follow by themselves.",
  state: {
    on: "Connected",
    off: "Not connected",
    title: "State",
    callback: "Last callback",
    sync: "Last sync",
    never: "None yet",
    members: "Members",
    customers: "Customers",
  },
  save: "Save",
  saved: "Saved",
  needed: "This is needed",
  form: {
    title: "Connection",
    corpId: "Corp ID",
    corpIdHelp: "Admin console → My company → Company information",
    agentId: "AgentId of the app",
    agentIdHelp: "Admin console → Apps → your own app",
    secret: "Secret of the app",
    secretHelp: "Written, never shown; leave empty to keep the present one",
    baseUrl: "API address",
    baseUrlHelp: "Seldom needs a change",
    baseUrlWrong: "Enter the whole address, beginning with http:// or https://",
    token: "Callback token",
    tokenHelp: "The same as in the admin console under event receiving",
    aesKey: "Callback EncodingAESKey",
    aesKeyHelp: "43 characters, the same as in the admin console",
    aesKeyWrong: "It has 43 characters",
    isSet: "Set; type to replace",
    isNotSet: "Not set yet",
  },
  callback: { title: "Callback address", text: "Enter it in the WeCom admin console: Customer contact → API → event server, as URL.", later: "Once the connection is saved, the address to enter in WeCom appears here.", copy: "Copy address" },
  signIn: {
    title: "Sign-in by WeCom",
    text: "When on, members sign in by scanning with WeCom, and silently inside it. WeCom's word counts as proof by itself: no second code is asked for.",
    isOn: "Members can sign in by WeCom",
    isOff: "Sign-in by WeCom is off",
    domain: "Trusted domain",
    domainText: "Enter it in the admin console → the app → “WeCom authorised sign-in” as callback domain, and under “Web authorisation and JS-SDK”.",
    home: "App home page",
    homeText: "Enter it in the admin console → the app → “Home page”; members then sign in from their workbench.",
    copy: "Copy: {{what}}",
    button: "Sign in with WeCom",
  },
  sidebar: {
    title: "Sidebar",
    text: "While members chat with a customer in WeCom, it shows beside the chat who he is, his tags and what happened last, and takes notes. Each member sees and does only what his rights allow.",
    address: "Page address",
    addressText: "Enter it in the admin console → the app → “Chat toolbar” → pages, with a name such as “Customer”; the page must lie in the trusted domain above.",
    rights: "Also tick the app under “Customer contact → applications that may call”, and add the members who use it to its visible range.",
    signInFirst: "Switch “Sign-in by WeCom” above on first: the sidebar knows members by it.",
  },
  check: { title: "Check the connection", text: "Tries credentials, rights and callback one by one.", run: "Check", ok: "Works", notOk: "Needs a hand" },
  sync: { title: "Sync data", text: "Takes departments, members, tags and customers over from WeCom; nothing here is deleted.", run: "Sync", fromWecom: "Synchronise from WeCom", last: "Last time:", never: "never" },
  massRule: {
    title: "Mass messages a customer may have",
    text: "Choose what is set in WeCom's console under “Customer contact → Mass messages”. Cove tells in advance who has had the most; WeCom has the last word.",
    rules: { month: "As many a month as it has days", week: "Seven a week", day: "One a day" },
  },
  support: { title: "WeChat customer service", text: "Who serves customers is kept in step with WeCom; what you change here is changed there." },
  archive: {
    title: "Conversation archive",
    text: "Takes over what customers and members with an archive write to each other, for the customer's timeline; nothing of customers who do not agree. It needs the archive's own service, see the documentation.",
    isOn: "Conversations are taken over",
    isOff: "Conversations are no longer taken over",
    last: "Last received",
    never: "nothing yet",
  },
  behaviour: {
    title: "Member activity",
    lead: "What members did with customers, as WeCom counts it: read each night, up to yesterday.",
    member: "Member",
    span: "Span",
    spans: { "7": "Last 7 days", "30": "Last 30 days" },
    figures: { applications: "Requests sent", added: "Customers added", chats: "Chats", messages: "Messages sent", reply_share: "Answered", reply_minutes: "First answer (min)", lost: "Deleted or blocked" },
    empty: "No figures yet",
    emptyText: "They are read each night; the application needs the right to the figures of customer contact.",
  },
  groups: {
    title: "Customer groups",
    name: "Name",
    owner: "Owner",
    people: "People",
    customers: "Customers",
    notice: "Notice",
    noNotice: "No notice",
    made: "Made",
    ended: "Dismissed",
    search: "Search by name",
    living: "Living",
    dismissed: "Dismissed",
    empty: "No customer groups yet",
    emptyText: "Groups that members make in WeCom appear here by themselves; they can also be synced at once under “Settings → WeCom”.",
    overview: "Overview",
    persons: "People",
    person: "Name",
    unnamed: "Unnamed",
    kind: { member: "Member", friend: "Customer", stranger: "No friend of ours" },
    kindTitle: "Who",
    way: "Joined by",
    ways: { "0": "Unknown", "1": "Invitation", "2": "Link", "3": "Code" },
    joined: "Joined",
    left: "Left",
  },
  deliveries,
  health,
  credits,
  tools,
  rules,
  webhooks,
  sms,
  ads,
};
