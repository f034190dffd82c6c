// A chat: bubbles, cards, and the line to write in.
import { api } from "./api.js";
import { avatar, h, onLongPress, svg } from "./dom.js";
import { icons } from "./icons.js";
import { pictureSheet } from "./layers.js";
import { profileScreen } from "./profile.js";
import { t, when } from "./texts.js";

const PAUSE_SECONDS = 300;
const LINK = /https?:\/\/[^\s<>"'，。；）)]+/g;

/** One line that stands for a message in lists. */
export function preview(message) {
  const { kind, body } = message;
  if (kind === "added") return t("chat.added", body);
  if (kind === "recalled") return t("chat.recalled", body);
  if (kind === "image") return t("chat.image");
  if (kind === "link") return t("chat.link") + body.title;
  return body.content ?? "";
}

export function chatScreen(phone, who) {
  const talk = h("div", { class: "talk", role: "log" });
  const body = h("div", { class: "body" }, talk);
  const input = h("textarea", { rows: 1, "aria-label": t("chat.input"), maxlength: 1300, oninput: () => grow(), onkeydown: (event) => onKey(event) });
  const send = h("button", { class: "send", disabled: true, onclick: () => say() }, t("chat.send"));
  let shown = "";

  const grow = () => {
    send.disabled = !input.value.trim();
    input.style.height = "40px";
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
  };
  const onKey = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say();
  };
  const say = async () => {
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    grow();
    try {
      await api.say(phone.id, who, text);
    } catch {
      input.value = text;
      phone.toast(t("chat.gone"));
    }
  };
  const update = () => {
    const chat = phone.state.chats.find((one) => one.key === who.key);
    const messages = chat?.messages ?? [];
    const key = messages.map((message) => message.id + message.kind).join();
    if (chat?.unread && phone.top?.key === who.key) api.read(phone.id, who).catch((error) => phone.fail(error));
    if (key === shown) return;
    shown = key;
    talk.replaceChildren(...messages.flatMap((message, index) => lines(phone, who, message, messages[index - 1])));
    requestAnimationFrame(toEnd);
    for (const picture of talk.querySelectorAll("img")) picture.addEventListener("load", toEnd);
  };
  const toEnd = () => { body.scrollTop = body.scrollHeight; };
  const friend = () => phone.state.friends.find((one) => one.key === who.key) ?? who;
  const element = h("section", { class: "screen chat" },
    h("div", { class: "nav" },
      h("button", { "aria-label": t("back"), onclick: () => phone.pop() }, svg(icons.back)),
      h("h1", {}, who.name, h("small", {}, `@${who.corp_name}`)),
      h("button", { class: "right", "aria-label": t("more"), onclick: () => phone.push(profileScreen(phone, friend())) }, svg(icons.more))),
    body,
    h("div", { class: "composer" }, input, send));
  update();
  queueMicrotask(update);
  return { name: "chat", key: who.key, element, update };
}

function lines(phone, who, message, before) {
  const parts = [];
  if (!before || message.at - before.at > PAUSE_SECONDS) {
    parts.push(h("div", { class: "at" }, when(message.at, phone.state.now)));
  }
  if (message.sender === "notice") return [...parts, h("div", { class: "note" }, preview(message))];
  const mine = message.sender === "person";
  return [...parts, h("div", { class: mine ? "line mine" : "line" },
    avatar(mine ? phone.state.avatar : who.avatar), content(phone, message))];
}

function content(phone, { kind, body }) {
  if (kind === "image") {
    const photo = h("img", { class: "photo", src: body.pic_url, alt: "", draggable: "false" });
    return onLongPress(photo, () => pictureSheet(phone, photo.src));
  }
  if (kind === "link") {
    return h("div", { class: "bubble link", onclick: () => phone.open({ url: body.url }) },
      h("b", {}, body.title),
      h("div", {}, h("span", {}, body.desc ?? ""), body.picurl ? h("img", { src: body.picurl, alt: "" }) : null));
  }
  return h("div", { class: "bubble" }, linked(phone, body.content));
}

function linked(phone, text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(end, found.index), h("a", { onclick: () => phone.open({ url: found[0] }) }, found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}
