// What a message looks like, whoever sent it.
import { h, svg } from "../phones/dom.js";
import { icons } from "./icons.js";
import { known, t } from "./texts.js";

const LINK = /https?:\/\/[^\s<>"'，。；）)]+/g;
const WITH_TITLE = new Set(["link", "miniprogram"]);

/** One line that stands for a message in lists; `name` is the customer's. */
export function preview(message, name = "") {
  const { kind, body } = message;
  if (!kind) return "";
  if (kind === "text") return body.content ?? "";
  if (kind === "markdown") return (body.content ?? "").replace(/<[^>]*>|[#>*`]+/g, "").trim();
  if (kind === "added") return t("chat.added", { name });
  if (kind === "recalled") return t("chat.recalled");
  if (kind === "notice") return t(`group.event.${body.event}`, body);
  if (kind === "task") return t("tasks.task") + t(`tasks.kind.${body.kind}`);
  if (kind === "textcard") return body.title;
  if (kind === "template_card") return body.main_title?.title ?? body.sub_title_text ?? "";
  if (kind === "location") return t("chat.kind.location") + [body.name, body.address].filter(Boolean).join(" ");
  if (kind === "business_card") return t("chat.kind.business_card") + (body.userid ?? "");
  if (WITH_TITLE.has(kind)) return t(`chat.kind.${kind}`) + (body.title ?? "");
  return t(known(`chat.kind.${kind}`) ? `chat.kind.${kind}` : "chat.kind.other");
}

/** Text with its links tappable. */
export function linked(phone, text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(end, found.index), h("a", { href: found[0], onclick: (event) => { event.preventDefault(); phone.open({ url: found[0] }); } }, found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

const mediaAt = (id) => (id ? `/wwmedia/${encodeURIComponent(id)}` : "");
const source = (body) => body.pic_url ?? body.picurl ?? mediaAt(body.media_id ?? body.pic_media_id ?? body.thumb_media_id);

/** The element of a message. */
export function content(phone, { kind, body }) {
  if (kind === "image") return h("img", { class: "photo", src: source(body), alt: t("chat.kind.image"), draggable: "false" });
  if (kind === "link") {
    return h("button", { class: "bubble link", onclick: () => phone.open({ url: body.url }) },
      h("b", {}, body.title ?? body.url),
      h("div", {}, h("span", {}, body.desc ?? ""), source(body) ? h("img", { src: source(body), alt: "" }) : null));
  }
  if (kind === "miniprogram") {
    return h("div", { class: "bubble mini" }, h("b", {}, body.title ?? ""),
      source(body) ? h("img", { src: source(body), alt: "" }) : h("i", { class: "stage" }, svg(icons.app)), h("small", {}, t("chat.mini")));
  }
  if (kind === "file" || kind === "video" || kind === "voice") {
    return h("div", { class: "bubble file" }, h("b", {}, body.name ?? t(`chat.kind.${kind}`)), svg(icons.file));
  }
  if (kind === "msgmenu") {
    return h("div", { class: "bubble" }, body.head_content ?? "",
      (body.list ?? []).map((item) => h("div", { class: "choice" }, item.click?.content ?? item.view?.content ?? item.miniprogram?.content ?? "")));
  }
  const text = body.content ?? preview({ kind, body });
  return h("div", { class: "bubble" }, linked(phone, text));
}
