// The four tabs.
import { preview } from "./chat.js";
import { avatar, h, svg } from "./dom.js";
import { face } from "./faces.js";
import { groupsScreen } from "./group.js";
import { icons } from "./icons.js";
import { sheet } from "./layers.js";
import { momentsScreen } from "./moments.js";
import { accountsScreen, subscriptions, subscriptionsScreen } from "./official.js";
import { cell } from "./parts.js";
import { profileScreen } from "./profile.js";
import { requestsScreen } from "./requests.js";
import { scanScreen } from "./scan.js";
import { searchScreen } from "./search.js";
import { titleOf } from "./talks.js";
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
    tabs.replaceChildren(...TABS.map((name) => tabButton(name, name === tab, name === "chats" ? unread : 0, choose, phone)));
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

function tabButton(name, chosen, unread, choose, phone) {
  const fresh = name === "discover" && phone.state.fresh_moments > 0;
  const waiting = name === "contacts" ? phone.state.requests.length : 0;
  return h("button", { role: "tab", "aria-selected": String(chosen), "data-tab": name, onclick: () => choose(name) },
    svg(icons[chosen ? `${name}On` : name]),
    t(`tab.${name}`),
    fresh ? h("span", { class: "dot" }) : null,
    badge(unread || waiting));
}

function badge(count) {
  return count ? h("span", { class: "badge" }, count > 99 ? "99+" : count) : null;
}

function chats(phone) {
  const rows = chatRows(phone);
  if (!rows.length) {
    return [h("div", { class: "empty" }, t("chats.empty"),
      h("button", { onclick: () => phone.push(scanScreen(phone), "risen") }, t("scan")))];
  }
  return [h("div", { class: "rows" }, rows)];
}

/** The rows of the list: subscription accounts are one row, accounts that said nothing none. */
function chatRows(phone) {
  const folded = subscriptions(phone);
  const rows = [];
  for (const chat of phone.state.chats) {
    if (folded.includes(chat)) {
      if (chat === folded[0]) rows.push(folderRow(phone, folded));
    } else if (chat.messages.length || chat.type === "group") rows.push(chatRow(phone, chat));
  }
  return rows;
}

function chatRow(phone, chat) {
  const last = chat.messages.at(-1);
  const corp = ["member", "kf"].includes(chat.type) ? `@${chat.corp_name}` : "";
  const name = chat.type === "group" ? chat.name : titleOf(chat);
  return h("button", { class: "row", "data-chat": chat.key, onclick: () => phone.openChat(chat) },
    face(chat), badge(chat.unread),
    h("span", { class: "text" },
      h("span", { class: "first" },
        h("span", { class: corp ? "name" : "name grow" }, name),
        corp ? h("span", { class: "corp" }, corp) : null,
        h("time", {}, when(last?.at ?? chat.since, phone.state.now))),
      h("div", { class: "last" }, last ? lastLine(chat, last) : "")));
}

function lastLine(chat, last) {
  const speaker = chat.type === "group" && last.sender === "other" && last.kind !== "notice" ? `${last.by.name}：` : "";
  return (chat.unread > 1 ? t("chat.count", { count: chat.unread }) : "") + speaker + preview(last);
}

function folderRow(phone, folded) {
  const [newest] = folded;
  const last = newest.messages.at(-1);
  return h("button", { class: "row", "data-chat": "subscriptions", onclick: () => phone.push(subscriptionsScreen(phone)) },
    h("span", { class: "avatar square", style: "background:#2f7fd8" }, svg(icons.official)),
    folded.some((chat) => chat.unread) ? h("span", { class: "dot" }) : null,
    h("span", { class: "text" },
      h("span", { class: "first" }, h("span", { class: "name grow" }, t("official.subscriptions")), h("time", {}, when(last.at, phone.state.now))),
      h("div", { class: "last" }, `${newest.name}：${preview(last)}`)));
}

function contacts(phone) {
  const waiting = phone.state.requests.length;
  const parts = [
    h("div", { class: "cells" },
      h("button", { class: "cell iconed", onclick: () => phone.push(requestsScreen(phone)) },
        h("span", { class: "square", style: "background:#fa9d3b" }, svg(icons.addPerson)),
        h("span", { class: "label" }, t("contacts.new")),
        badge(waiting)),
      square(icons.group, "#07c160", t("groups.title"), () => phone.push(groupsScreen(phone))),
      square(icons.official, "#2f7fd8", t("official.title"), () => phone.push(accountsScreen(phone)))),
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

function square(icon, colour, label, run) {
  return h("button", { class: "cell iconed", onclick: run },
    h("span", { class: "square", style: `background:${colour}` }, svg(icon)), h("span", { class: "label" }, label));
}

function discover(phone) {
  const moments = cell(icons.moments, "inherit", t("moments.title"), "", () => phone.push(momentsScreen(phone)));
  if (phone.state.fresh_moments) moments.querySelector(".label").after(h("span", { class: "dot" }));
  const parts = [h("div", { class: "cells" }, moments), h("div", { class: "cells" },
    cell(icons.search, "#d9534f", t("search.title"), "", () => phone.push(searchScreen(phone))),
    cell(icons.scan, "#3d83e6", t("scan"), "", () => phone.push(scanScreen(phone), "risen")))];
  if (phone.state.minis.length) {
    parts.push(h("div", { class: "section" }, t("minis.title")), h("div", { class: "cells minis" },
      phone.state.minis.map((one) => h("button", { onclick: () => phone.openMini(one.app_id) }, avatar(one.avatar), h("span", {}, one.name)))));
  }
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
