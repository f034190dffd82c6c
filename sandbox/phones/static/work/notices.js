// What an application told the member: texts, cards with a link, cards with buttons.
import { h } from "../phones/dom.js";
import { inOrder } from "../phones/order.js";
import { when } from "../phones/texts.js";
import { templateCard } from "./cards.js";
import { content, linked } from "./content.js";
import { markdown } from "./markdown.js";
import { bar } from "./parts.js";
import { t } from "./texts.js";

export function noticesScreen(phone, chat) {
  const talk = h("div", { class: "talk notices", role: "log" });
  const body = h("div", { class: "body" }, talk);
  const latest = inOrder();
  let shown = "";
  const update = async () => {
    const found = await latest(phone.calls.thread(chat.key));
    if (!found) return;
    const { items } = found;
    if (phone.threadOf(chat.key)?.unread && phone.top?.key === chat.key) {
      await phone.calls.read(chat.key);
      phone.threadOf(chat.key).unread = 0;
    }
    const key = JSON.stringify(items);
    if (key === shown) return;
    shown = key;
    talk.replaceChildren(...items.flatMap((message) => [
      h("div", { class: "at" }, when(message.at, phone.state.now)),
      h("article", { class: "notice", "data-notice": message.id }, notice(phone, message)),
    ]));
    requestAnimationFrame(() => { body.scrollTop = body.scrollHeight; });
  };
  const look = () => update().catch((error) => phone.fail(error));
  const element = h("section", { class: "screen chat" }, bar(phone, chat.name), body);
  queueMicrotask(look);
  return { name: "notices", key: chat.key, element, update: look };
}

function notice(phone, message) {
  const { kind, body } = message;
  if (kind === "text") return h("p", {}, linked(phone, body.content));
  if (kind === "markdown") return markdown(phone, body.content);
  if (kind === "textcard") {
    return h("button", { class: "card-button", onclick: () => phone.open({ url: body.url }) },
      h("b", {}, body.title), h("p", {}, plain(body.description)), h("small", {}, body.btntxt || t("notice.detail")));
  }
  if (kind === "template_card") return templateCard(phone, message);
  return content(phone, message);
}

/** The description of a text card may hold a little markup; a phone of the sandbox shows its words. */
function plain(text) {
  return new DOMParser().parseFromString(text, "text/html").body.textContent;
}
