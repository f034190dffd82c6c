// The four tabs of a member's phone: 消息, 客户, 工作台, 我.
import { h, svg } from "../phones/dom.js";
import { icons as shared } from "../phones/icons.js";
import { sheet } from "../phones/layers.js";
import { language, when } from "../phones/texts.js";
import { preview } from "./content.js";
import { customers } from "./customers.js";
import { icons } from "./icons.js";
import { cell, cells, picture } from "./parts.js";
import { scanScreen } from "./scan.js";
import { t } from "./texts.js";
import { workbench } from "./workbench.js";

const TABS = ["messages", "customers", "workbench", "me"];

export function homeScreen(phone) {
  let tab = "messages";
  const title = h("h1");
  const scan = h("button", { class: "right", "aria-label": t("scan"), onclick: () => phone.push(scanScreen(phone), "risen") }, svg(shared.scan));
  const body = h("div", { class: "body" });
  const tabs = h("div", { class: "tabs", role: "tablist" });
  const contents = { messages, customers, workbench, me };

  const update = () => {
    const unread = phone.state.threads.reduce((sum, thread) => sum + thread.unread, 0);
    const counts = { messages: unread, customers: phone.state.requests.length };
    title.textContent = t(`tab.${tab}`);
    scan.hidden = tab !== "messages";
    tabs.replaceChildren(...TABS.map((name) => tabButton(name, name === tab, counts[name] ?? 0, choose)));
    const place = body.scrollTop;
    body.replaceChildren(...contents[tab](phone));
    body.scrollTop = place;
  };
  const choose = (name) => {
    tab = name;
    update();
  };
  const head = h("div", { class: "nav large" }, title, scan);
  const element = h("section", { class: "screen home" }, head, body, tabs);
  update();
  return { name: "home", element, update, choose };
}

function tabButton(name, chosen, count, choose) {
  return h("button", { role: "tab", "aria-selected": String(chosen), "data-tab": name, onclick: () => choose(name) },
    svg(icons[chosen ? `${name}On` : name]),
    t(`tab.${name}`),
    count ? h("span", { class: "badge" }, count > 99 ? "99+" : count) : null);
}

function messages(phone) {
  const screens = phone.state.screens.filter((screen) => screen.corp_id === phone.state.corp_id);
  const parts = screens.slice(0, 1).map((screen) =>
    h("button", { class: "strip", onclick: () => phone.push(scanScreen(phone), "risen") },
      svg(icons.screen), h("span", {}, t("messages.screen", { app: screen.app })), h("b", {}, t("messages.scan"))));
  if (!phone.state.threads.length) {
    return [...parts, h("div", { class: "empty" }, t("messages.empty"), h("small", {}, t("messages.empty_why")))];
  }
  return [...parts, h("div", { class: "rows" }, phone.state.threads.map((thread) => row(phone, thread)))];
}

function row(phone, thread) {
  const said = preview(thread.last, thread.name);
  const name = thread.kind === "tasks" ? t("tasks.title") : thread.name;
  const who = thread.kind === "group" && thread.last.sender && !thread.mine ? `${thread.speaker}: ` : "";
  return h("button", { class: "row", "data-thread": thread.key, onclick: () => phone.openChat(thread) },
    picture(thread),
    thread.unread ? h("span", { class: "badge" }, thread.unread > 99 ? "99+" : thread.unread) : null,
    h("span", { class: "text" },
      h("span", { class: "first" },
        h("span", { class: "name" }, name),
        h("span", { class: "corp" }, thread.kind === "customer" ? t("at_wechat") : thread.account ?? ""),
        h("time", {}, when(thread.at, phone.state.now))),
      h("div", { class: "last" }, who + said || t("group.made"))));
}

function me(phone) {
  const { state } = phone;
  const others = phone.desk.phones().filter((other) => other.id !== phone.id);
  const elsewhere = (path) => () => location.assign(path);
  const choosePhone = () => sheet(phone.glass, others.map((other) => ({ label: other.name, run: () => phone.desk.focus(other.id) })));
  const switched = language === "en" ? "zh" : "en";
  return [
    h("div", { class: "cells" },
      h("div", { class: "card" },
        h("img", { class: "avatar", src: state.avatar, alt: "" }),
        h("div", {}, h("h2", {}, state.name), h("p", {}, state.title), h("span", { class: "chip" }, t("me.status"))))),
    cells(cell(t("me.corp"), state.corp_full_name), cell(t("me.userid"), state.userid),
      state.services.length ? cell(t("me.services"), state.services.join("、")) : null),
    cells(
      others.length ? cell(t("me.phones"), "", choosePhone, { icon: shared.phone }) : null,
      cell(t("me.language"), language === "en" ? "English" : "中文", elsewhere(`/?lang=${switched}`), { icon: shared.globe, colour: "#6467f0" }),
      cell(t("me.platform"), "", elsewhere("/admin"), { icon: shared.settings, colour: "#8a8f94" })),
  ];
}
