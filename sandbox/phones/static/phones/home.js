// The four tabs.
import { preview } from "./chat.js";
import { avatar, h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { sheet } from "./layers.js";
import { profileScreen } from "./profile.js";
import { requestsScreen } from "./requests.js";
import { scanScreen } from "./scan.js";
import { language, t, when } from "./texts.js";

const TABS = ["chats", "contacts", "discover", "me"];

export function homeScreen(phone) {
  let tab = "chats";
  const title = h("h1");
  const right = h("button", { class: "right", "aria-label": t("scan"), onclick: () => phone.push(scanScreen(phone), "risen") }, svg(icons.scan));
  const body = h("div", { class: "body" });
  const tabs = h("div", { class: "tabs", role: "tablist" });
  const nav = h("div", { class: "nav" }, title, right);
  const element = h("section", { class: "screen home" }, nav, body, tabs);
  const contents = { chats, contacts, discover, me };

  const update = () => {
    const unread = phone.state.chats.reduce((sum, chat) => sum + chat.unread, 0);
    title.textContent = t(`tab.${tab}`) + (tab === "chats" && unread ? ` (${unread})` : "");
    right.hidden = tab !== "chats";
    tabs.replaceChildren(...TABS.map((name) => tabButton(name, name === tab, name === "chats" ? unread : 0, choose)));
    const place = body.scrollTop;
    body.replaceChildren(...contents[tab](phone));
    body.scrollTop = place;
  };
  const choose = (name) => {
    tab = name;
    update();
  };
  update();
  return { name: "home", element, update, choose };
}

function tabButton(name, chosen, unread, choose) {
  return h("button", { role: "tab", "aria-selected": String(chosen), "data-tab": name, onclick: () => choose(name) },
    svg(icons[chosen ? `${name}On` : name]),
    t(`tab.${name}`),
    unread ? h("span", { class: "badge" }, unread > 99 ? "99+" : unread) : null);
}

function chats(phone) {
  if (!phone.state.chats.length) {
    return [h("div", { class: "empty" }, t("chats.empty"),
      h("button", { onclick: () => phone.push(scanScreen(phone), "risen") }, t("scan")))];
  }
  const rows = phone.state.chats.map((chat) => {
    const last = chat.messages.at(-1);
    return h("button", { class: "row", "data-chat": chat.key, onclick: () => phone.openChat(chat) },
      avatar(chat.avatar),
      chat.unread ? h("span", { class: "badge" }, chat.unread) : null,
      h("span", { class: "text" },
        h("span", { class: "first" },
          h("span", { class: "name" }, chat.name),
          h("span", { class: "corp" }, `@${chat.corp_name}`),
          h("time", {}, when(last.at, phone.state.now))),
        h("div", { class: "last" }, preview(last))));
  });
  return [h("div", { class: "rows" }, rows)];
}

function contacts(phone) {
  const waiting = phone.state.requests.length;
  const parts = [
    h("div", { class: "cells" },
      h("button", { class: "cell iconed", onclick: () => phone.push(requestsScreen(phone)) },
        h("span", { class: "square", style: "background:#fa9d3b" }, svg(icons.addPerson)),
        h("span", { class: "label" }, t("contacts.new")),
        waiting ? h("span", { class: "badge" }, waiting) : null)),
  ];
  if (!phone.state.friends.length) return [...parts, h("div", { class: "empty" }, t("contacts.empty"))];
  const rows = phone.state.friends.map((friend) =>
    h("button", { class: "row small", "data-friend": friend.key, onclick: () => phone.push(profileScreen(phone, friend)) },
      avatar(friend.avatar),
      h("span", { class: "text" },
        h("span", { class: "first" },
          h("span", { class: "name" }, friend.name),
          h("span", { class: "corp" }, `@${friend.corp_name}`)))));
  return [...parts, h("div", { class: "section" }, t("contacts.wecom")), h("div", { class: "rows" }, rows)];
}

function cell(icon, colour, label, value, run) {
  return h("button", { class: "cell iconed", onclick: run },
    h("span", { class: "icon", style: `color:${colour}` }, svg(icon)),
    h("span", { class: "label" }, label),
    value ? h("span", { class: "value" }, value) : null,
    svg(icons.chevron, "chevron"));
}

function discover(phone) {
  const parts = [h("div", { class: "cells" },
    cell(icons.scan, "#3d83e6", t("scan"), "", () => phone.push(scanScreen(phone), "risen")))];
  if (phone.state.recent.length) {
    parts.push(h("div", { class: "section" }, t("recent")), h("div", { class: "cells" },
      phone.state.recent.map((url) => cell(icons.page, "#fa9d3b", shortened(url), "", () => phone.open({ url })))));
  }
  return parts;
}

function shortened(url) {
  const text = url.replace(/^https?:\/\//, "");
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}

function me(phone) {
  const others = phone.desk.phones().filter((other) => other.id !== phone.id);
  const elsewhere = (path) => () => location.assign(path);
  const choosePhone = () => sheet(phone.glass, others.map((other) => ({ label: other.name, run: () => phone.desk.focus(other.id) })));
  const switched = language === "en" ? "zh" : "en";
  return [
    h("div", { class: "cells" },
      h("div", { class: "card" },
        avatar(phone.state.avatar),
        h("div", {}, h("h2", {}, phone.state.name), h("p", {}, `${t("me.id")}wxid_${String(phone.id).padStart(6, "0")}`)))),
    h("div", { class: "cells" },
      others.length ? cell(icons.phone, "#07c160", t("me.phones"), "", choosePhone) : null,
      cell(icons.plus, "#3d83e6", t("me.add"), "", () => phone.desk.add(""))),
    h("div", { class: "cells" },
      cell(icons.globe, "#6467f0", t("me.language"), language === "en" ? "English" : "中文", elsewhere(`/?lang=${switched}`)),
      cell(icons.settings, "#8a8f94", t("me.platform"), "", elsewhere("/admin"))),
  ];
}
