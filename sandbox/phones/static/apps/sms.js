// Text messages, by who sent them, with a line to answer.
import { h, svg } from "../phones/dom.js";
import { when } from "../phones/texts.js";
import { ask } from "../work/api.js";
import { glyphs } from "./icons.js";
import { accountButton, appScreen } from "./parts.js";
import { t } from "./texts.js";

const LINK = /(https?:\/\/[^\s<>"'，。；）)]+)/;
const PAUSE_SECONDS = 300;

export function textsScreen(board) {
  const list = h("div", { class: "app-body" });
  const update = () => {
    const { texts } = board.state;
    list.replaceChildren(...(texts.length ? texts.map((thread) => row(board, thread))
      : [h("div", { class: "nothing" }, t("texts.none"), h("small", {}, t("texts.none_why", board.state)))]));
  };
  update();
  const words = { name: "mobile", kind: "tel", title: t("texts.mobile"), known: t("texts.known") };
  return { element: appScreen(board, t("app.texts"), accountButton(board, words), list), update };
}

function row(board, thread) {
  return h("button", { class: thread.unread ? "sms fresh" : "sms", "data-sender": thread.signature, onclick: () => board.push(threadScreen(board, thread.signature)) },
    h("span", { class: "letter-face" }, thread.signature.slice(0, 1)),
    h("span", { class: "sms-text" },
      h("span", { class: "mail-head" }, h("b", {}, thread.signature), h("time", {}, when(thread.at, board.state.now))),
      h("span", { class: "mail-words" }, thread.messages.at(-1).text)));
}

export function threadScreen(board, signature) {
  const list = h("div", { class: "app-body texts", role: "log" });
  const input = h("input", { "aria-label": t("texts.answer"), placeholder: t("texts.answer"), maxlength: 500, autocomplete: "off" });
  const find = () => board.state.texts.find((thread) => thread.signature === signature);
  const update = () => {
    const thread = find();
    if (!thread) return;
    list.replaceChildren(...thread.messages.flatMap((message, index) => bubble(board, message, thread.messages[index - 1])));
    requestAnimationFrame(() => { list.scrollTop = list.scrollHeight; });
  };
  const say = async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    if (!(await board.act(() => ask("POST", "/sms/replies", { phone: board.state.mobile, text, signature })))) input.value = text;
  };
  update();
  if (find()?.unread) board.act(() => board.call("POST", "/inbox/texts/read", { signature }));
  return { element: appScreen(board, signature, null, list,
    h("form", { class: "answer", onsubmit: say }, input, h("button", { "aria-label": t("texts.send") }, svg(glyphs.send)))), update };
}

function bubble(board, message, before) {
  const words = message.text.split(LINK).map((piece, index) => (index % 2
    ? h("a", { href: piece, onclick: (event) => { event.preventDefault(); board.follow(piece); } }, piece) : piece));
  return [
    !before || message.at - before.at > PAUSE_SECONDS ? h("time", { class: "texts-at" }, when(message.at, board.state.now)) : "",
    h("p", { class: `text ${message.way}` }, words)];
}
