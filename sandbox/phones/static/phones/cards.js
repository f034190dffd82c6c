// What is inside a message: bubbles, pictures, cards of articles, notices and mini-programs.
import { api } from "./api.js";
import { h, onLongPress, svg } from "./dom.js";
import { icons } from "./icons.js";
import { pictureSheet, viewer } from "./layers.js";
import { t } from "./texts.js";

const LINK = /https?:\/\/[^\s<>"'，。；）)]+/g;
const KB = 1024;
/** These take the whole width of a chat and have no avatar beside them. */
const WIDE = new Set(["articles", "template"]);

export const isWide = (message) => WIDE.has(message.kind);

/** One line that stands for a message in lists. */
export function preview({ kind, body, sender }) {
  const lines = {
    added: () => t("chat.added", body),
    recalled: () => t("chat.recalled", body),
    notice: () => groupNotice(body),
    text: () => body.content,
    image: () => t("chat.image"),
    images: () => t("chat.images"),
    link: () => t("chat.link") + body.title,
    mini: () => t("chat.mini") + (body.title || body.app_name),
    file: () => t("chat.file") + (body.name || t("file.unnamed")),
    video: () => t("chat.video"),
    voice: () => t("chat.voice"),
    place: () => t("chat.place") + (body.name || body.address),
    member: () => t("chat.member") + body.name,
    articles: () => body.articles[0]?.title,
    template: () => body.title,
    menu: () => body.head || body.items[0]?.content,
  };
  return (lines[kind] ? lines[kind]() : sender === "notice" ? body.content : t("chat.unknown")) ?? "";
}

function groupNotice(body) {
  const key = `group.event.${body.event}`;
  const found = t(key, body);
  return found === key ? body.content ?? t("group.notice_line") : found;
}

/** The content of a message; `chat` is the one it is in. */
export function content(phone, chat, message) {
  const { kind, body } = message;
  const makers = {
    image: () => photo(phone, body.pic_url),
    images: () => h("div", { class: "photos" }, body.pictures.map((url) => photo(phone, url))),
    link: () => linkCard(phone, body),
    mini: () => miniCard(phone, body),
    file: () => fileCard(body),
    video: () => h("div", { class: "video" }, svg(icons.play), body.name ? h("span", {}, body.name) : null),
    voice: () => h("div", { class: "bubble voice" }, svg(icons.voice)),
    articles: () => articles(phone, body.articles),
    template: () => notice(phone, message),
    menu: () => choices(phone, chat, body),
    place: () => h("div", { class: "bubble spot" }, h("b", {}, body.name), h("span", {}, body.address)),
    member: () => memberCard(body),
    text: () => h("div", { class: "bubble" }, linked(phone, body.content)),
  };
  return makers[kind] ? makers[kind]() : h("div", { class: "bubble odd" }, preview(message));
}

export function photo(phone, url) {
  const picture = h("img", { class: "photo", src: url, alt: t("chat.view"), role: "button", tabindex: 0, draggable: "false" });
  const view = () => viewer(phone, url);
  picture.addEventListener("click", view);
  picture.addEventListener("keydown", (event) => event.key === "Enter" && view());
  return onLongPress(picture, () => pictureSheet(phone, picture.src));
}

export function linkCard(phone, body) {
  return h("button", { class: "bubble link", onclick: () => phone.open({ url: body.url }) },
    h("b", {}, body.title || body.url),
    h("span", { class: "inner" },
      h("span", {}, body.desc ?? ""), body.picurl ? h("img", { src: body.picurl, alt: "" }) : null));
}

function miniCard(phone, body) {
  return h("button", { class: "bubble mini", onclick: () => phone.openMini(body.app_id, body.page) },
    h("span", { class: "mini-head" }, svg(icons.mini), body.app_name || t("mini.mark")),
    h("b", {}, body.title),
    body.picurl ? h("img", { src: body.picurl, alt: "" }) : h("span", { class: "mini-blank" }, svg(icons.mini)),
    h("span", { class: "mini-foot" }, svg(icons.mini), t("mini.mark")));
}

function memberCard(body) {
  return h("div", { class: "bubble person" },
    h("span", {}, body.avatar ? h("img", { src: body.avatar, alt: "" }) : null, h("b", {}, body.name), h("i", {}, `@${body.corp_name}`)),
    h("small", {}, t("card.mark")));
}

function fileCard(body) {
  return h("div", { class: "bubble file" },
    h("span", {}, h("b", {}, body.name || t("file.unnamed")), h("small", {}, size(body.size))), svg(icons.file));
}

function size(bytes) {
  if (!bytes) return "";
  return bytes < KB * KB ? `${(bytes / KB).toFixed(1)} KB` : `${(bytes / KB / KB).toFixed(1)} MB`;
}

function articles(phone, list) {
  const [first, ...others] = list;
  const open = (article) => () => phone.open({ url: article.url });
  if (!first) return h("div", { class: "bubble odd" }, t("chat.unknown"));
  return h("div", { class: "articles" },
    h("button", { class: "lead", onclick: open(first) },
      first.picurl ? h("img", { src: first.picurl, alt: "" }) : h("i"),
      h("b", {}, first.title),
      others.length || !first.digest ? null : h("span", {}, first.digest)),
    others.map((one) => h("button", { onclick: open(one) }, h("b", {}, one.title), one.picurl ? h("img", { src: one.picurl, alt: "" }) : null)));
}

function notice(phone, { body, by }) {
  const open = body.mini ? () => phone.openMini(body.mini.app_id, body.mini.page) : body.url ? () => phone.open({ url: body.url }) : null;
  return h("div", { class: "notice-card" },
    by ? h("div", { class: "notice-by" }, h("img", { src: by.avatar, alt: "" }), by.name, h("small", {}, t("notice.from"))) : null,
    h("h3", {}, body.title),
    h("dl", {}, body.rows.map((row) => [h("dt", {}, row.label), h("dd", {}, row.value)])),
    open ? h("button", { onclick: open }, t("notice.details"), svg(icons.chevron)) : null);
}

function choices(phone, chat, body) {
  const run = (item) => async () => {
    if (item.kind === "view") return phone.open({ url: item.url });
    if (item.kind === "miniprogram") return phone.openMini(item.appid, item.pagepath);
    try {
      if (chat.type === "kf") await api.service(phone.id, chat.open_kfid, { text: item.content, menu_id: item.id ?? "" });
      else await api.act(phone.id, chat.app_id, "message", { fields: { Content: item.content, bizmsgmenuid: item.id ?? "" } });
    } catch (error) {
      phone.fail(error);
    }
    return undefined;
  };
  return h("div", { class: "bubble choices" },
    body.head ? h("p", {}, linked(phone, body.head)) : null,
    body.items.map((item) => (item.kind === "text" ? h("p", {}, item.content) : h("button", { onclick: run(item) }, item.content))),
    body.tail ? h("p", {}, linked(phone, body.tail)) : null);
}

export function linked(phone, text) {
  const parts = [];
  let end = 0;
  for (const found of String(text ?? "").matchAll(LINK)) {
    parts.push(text.slice(end, found.index), h("a", { role: "link", tabindex: 0, onclick: () => phone.open({ url: found[0] }) }, found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, String(text ?? "").slice(end)];
}
