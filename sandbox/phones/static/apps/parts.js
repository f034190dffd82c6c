// What screens of mail and of text messages are made of.
import { h, svg } from "../phones/dom.js";
import { glyphs } from "./icons.js";
import { t } from "./texts.js";

/** A screen of an application: its bar with a way back, and what is below. */
export function appScreen(board, title, right, ...below) {
  return h("section", { class: "app" },
    h("div", { class: "app-bar" },
      h("button", { "aria-label": t("back"), onclick: () => board.pop() }, svg(glyphs.back)),
      h("h1", {}, title),
      right ?? h("span")),
    ...below);
}

/** Which address or number is this phone's: one that is typed, or one that got something before. */
export function accountScreen(board, { name, title, known, kind }) {
  const input = h("input", { type: kind, value: board.state[name], "aria-label": title, autocomplete: "off", maxlength: 254 });
  const save = async (event) => {
    event?.preventDefault();
    if (await board.act(() => board.call("PUT", "/inbox", { [name]: input.value.trim() }))) board.pop();
  };
  const choose = (value) => {
    input.value = value;
    save();
  };
  const others = board.state[name === "email" ? "addresses" : "mobiles"].filter((one) => one !== board.state[name]);
  return { element: appScreen(board, t("settings"), null,
    h("form", { class: "app-body account", onsubmit: save },
      h("label", {}, h("span", {}, title), input), h("button", {}, t("save")),
      others.length ? h("h2", {}, known) : null,
      others.map((one) => h("button", { type: "button", class: "other", onclick: () => choose(one) }, one)))) };
}

/** The button in the bar that leads to the account. */
export const accountButton = (board, words) =>
  h("button", { "aria-label": t("settings"), onclick: () => board.push(accountScreen(board, words)) }, svg(glyphs.more));

/** The name before an address: `云岫家居 <hi@…>`. */
export function senderName(sender) {
  return /^\s*"?([^"<]*?)"?\s*</.exec(sender)?.[1] || sender.replace(/[<>]/g, "");
}
