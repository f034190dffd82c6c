// A chat: its messages, and the line to write in.
import { content, isWide, preview } from "./cards.js";
import { composer } from "./composer.js";
import { avatar, h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { countOf, talkOf, titleOf } from "./talks.js";
import { t, when } from "./texts.js";

const PAUSE_SECONDS = 300;

export { preview };

export function chatScreen(phone, who) {
  const talk = h("div", { class: "talk", role: "log" });
  const body = h("div", { class: "body" }, talk);
  const title = h("h1");
  const foot = h("div", { class: "feet" });
  let shown = "";
  let menu = null;

  const living = () => phone.state.chats.find((one) => one.key === who.key) ?? { messages: [], ...who };
  const update = () => {
    const chat = living();
    title.classList.toggle("counted", chat.type === "group");
    title.replaceChildren(chat.type === "group" ? h("span", {}, titleOf(chat)) : titleOf(chat),
      countOf(chat) ? h("i", {}, countOf(chat)) : "", talkOf(chat).subtitle(chat) ? h("small", {}, talkOf(chat).subtitle(chat)) : "");
    const buttons = JSON.stringify(chat.menu ?? []);
    if (buttons !== menu) {
      menu = buttons;
      foot.replaceChildren(composer(phone, chat) ?? "");
    }
    if (chat.unread && phone.top?.key === who.key) talkOf(chat).read(phone, chat).catch((error) => phone.fail(error));
    const key = chat.messages.map((message) => `${message.id}${message.kind}`).join();
    if (key === shown) return;
    shown = key;
    talk.replaceChildren(...chat.messages.flatMap((message, index) => lines(phone, chat, message, chat.messages[index - 1])));
    requestAnimationFrame(toEnd);
    for (const picture of talk.querySelectorAll("img")) picture.addEventListener("load", toEnd);
  };
  const toEnd = () => { body.scrollTop = body.scrollHeight; };
  const more = () => {
    const screen = talkOf(living()).more(phone, living());
    if (screen) phone.push(screen);
  };
  const element = h("section", { class: `screen chat of-${who.type ?? "member"}` },
    h("div", { class: "nav" },
      h("button", { "aria-label": t("back"), onclick: () => phone.pop() }, svg(icons.back)),
      title,
      ["notices", "kf", "mini"].includes(who.type) ? null
        : h("button", { class: "right", "aria-label": t("more"), onclick: more }, svg(icons.more))),
    body, foot);
  update();
  queueMicrotask(update);
  return { name: "chat", key: who.key, element, update };
}

function lines(phone, chat, message, before) {
  const parts = [];
  if (!before || message.at - before.at > PAUSE_SECONDS) {
    parts.push(h("div", { class: "at" }, when(message.at, phone.state.now)));
  }
  if (message.sender === "notice" || message.kind === "notice") return [...parts, h("div", { class: "note" }, preview(message))];
  if (isWide(message)) return [...parts, h("div", { class: "wide" }, content(phone, chat, message))];
  const mine = message.sender === "person";
  const picture = mine ? phone.state.avatar : message.by?.avatar ?? chat.avatar;
  return [...parts, h("div", { class: mine ? "line mine" : "line" },
    avatar(picture), h("div", { class: "said" }, mine ? null : speaker(chat, message.by), content(phone, chat, message)))];
}

function speaker(chat, by) {
  if (!by || chat.type === "notices") return null;
  const corp = chat.type === "group" && by.member ? h("i", {}, `@${chat.corp_name}`) : null;
  return h("div", { class: "speaker" }, by.name, corp);
}
