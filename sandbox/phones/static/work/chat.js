// A conversation with a customer, in a group, or of customer service.
import { avatar, h, onLongPress, svg } from "../phones/dom.js";
import { icons as shared } from "../phones/icons.js";
import { sheet } from "../phones/layers.js";
import { inOrder } from "../phones/order.js";
import { t as phones, when } from "../phones/texts.js";
import { content, preview } from "./content.js";
import { groupScreen } from "./groups.js";
import { icons } from "./icons.js";
import { noticesScreen } from "./notices.js";
import { profileScreen } from "./profile.js";
import { tasksScreen } from "./tasks.js";
import { t } from "./texts.js";
import { buttonsFor } from "./toolbar.js";

const PAUSE_SECONDS = 300;

export function chatScreen(phone, chat) {
  if (chat.kind === "app") return noticesScreen(phone, chat);
  if (chat.kind === "tasks") return tasksScreen(phone);
  const talk = h("div", { class: "talk", role: "log" });
  const body = h("div", { class: "body" }, talk);
  const now = () => phone.threadOf(chat.key) ?? chat;
  const latest = inOrder();
  let shown = "";

  const toEnd = () => { body.scrollTop = body.scrollHeight; };
  const update = async () => {
    if (!phone.stack.some((screen) => screen.element === element)) return;
    const found = await latest(phone.calls.thread(chat.key));
    if (!found) return;
    const { items } = found;
    if (now().unread && phone.top?.key === chat.key) {
      await phone.calls.read(chat.key);
      now().unread = 0;
    }
    const key = items.map((message) => `${message.id}${message.kind}${message.recallable ?? ""}`).join();
    if (key === shown) return;
    shown = key;
    talk.replaceChildren(...items.flatMap((message, index) => lines(phone, chat, message, items[index - 1])));
    requestAnimationFrame(toEnd);
    for (const picture of talk.querySelectorAll("img.photo")) picture.addEventListener("load", toEnd);
  };
  const look = () => update().catch((error) => phone.fail(error));
  const element = h("section", { class: "screen chat" }, head(phone, chat, now), body, foot(phone, chat, now));
  // The phone learns of the screen first, then the screen asks.
  queueMicrotask(look);
  return { name: "chat", key: chat.key, element, update: look };
}

function head(phone, chat, now) {
  const more = {
    customer: () => phone.push(profileScreen(phone, chat.person_id)),
    group: () => phone.push(groupScreen(phone, chat.key.slice(1))),
    service: () => sheet(phone.glass, [{ label: t("service.end"), danger: true, run: () => phone.act(() => phone.calls.end(chat.key)) }]),
  }[chat.kind];
  const under = { customer: t("at_wechat"), service: t("chat.service", { account: now().account ?? "" }) }[chat.kind];
  return h("div", { class: "nav" },
    h("button", { "aria-label": phones("back"), onclick: () => phone.pop() }, svg(shared.back)),
    h("h1", { class: chat.kind === "group" ? "counted" : null }, h("span", {}, now().name), chat.kind === "group" && now().count ? h("i", {}, ` (${now().count})`) : null, now().over ? h("small", {}, t("chat.over")) : under ? h("small", {}, under) : null),
    h("button", { class: "right", "aria-label": phones("more"), onclick: more }, svg(shared.more)));
}

function foot(phone, chat, now) {
  const input = h("textarea", { rows: 1, "aria-label": t("chat.input"), maxlength: 1300, oninput: () => grow(), onkeydown: (event) => onKey(event) });
  const send = h("button", { class: "send", hidden: true, onclick: () => say() }, t("chat.send"));
  const file = h("input", { type: "file", accept: "image/png,image/jpeg,image/gif,image/webp", hidden: true, onchange: () => sendPicture() });
  const panel = h("div", { class: "panel", hidden: true },
    h("button", { onclick: () => file.click() }, h("i", {}, svg(icons.picture)), t("chat.picture")));
  const more = h("button", { class: "plus", "aria-label": t("chat.more"), "aria-expanded": "false", onclick: () => unfold() }, svg(shared.plus));
  const buttons = buttonsFor(phone, now());

  const grow = () => {
    send.hidden = !input.value.trim();
    more.hidden = !send.hidden;
    input.style.height = "38px";
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
    if (!(await phone.act(() => phone.calls.say(chat.key, text)))) {
      input.value = text;
      grow();
    }
  };
  const sendPicture = async () => {
    const [chosen] = file.files;
    file.value = "";
    panel.hidden = true;
    if (chosen) await phone.act(() => phone.calls.picture(chat.key, chosen));
  };
  const unfold = () => {
    panel.hidden = !panel.hidden;
    more.setAttribute("aria-expanded", String(!panel.hidden));
  };
  return h("div", { class: "foot" },
    buttons.length ? h("div", { class: "toolbar", role: "toolbar" }, buttons.map((button) =>
      h("button", { "data-tool": button.key, onclick: () => button.open(phone, now()) },
        typeof button.label === "function" ? button.label() : button.label))) : null,
    h("div", { class: "composer" }, input, send, chat.kind === "service" ? null : more),
    panel, file);
}

function lines(phone, chat, message, before) {
  const parts = [];
  if (!before || message.at - before.at > PAUSE_SECONDS) {
    parts.push(h("div", { class: "at" }, when(message.at, phone.state.now)));
  }
  if (message.note) return [...parts, h("div", { class: "note" }, preview(message, chat.name))];
  const shown = onLongPress(content(phone, message), () => choices(phone, message));
  return [...parts, h("div", { class: message.mine ? "line mine" : "line" },
    avatar(message.mine ? phone.state.avatar : message.avatar),
    message.who && !message.mine ? h("div", { class: "said" }, h("small", {}, message.who), shown) : shown)];
}

function choices(phone, message) {
  const text = preview(message);
  const actions = [{ label: t("chat.copy"), run: () => navigator.clipboard?.writeText(text).then(() => phone.toast(t("chat.copied")), () => phone.toast(text)) }];
  if (message.recallable) actions.push({ label: t("chat.recall"), run: () => phone.act(() => phone.calls.recall(message.id)) });
  sheet(phone.glass, actions);
}
