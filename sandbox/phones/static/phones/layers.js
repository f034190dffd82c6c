// What lies above a phone's screens: action sheets, dialogs, toasts, banners.
import { avatar, h, onLongPress } from "./dom.js";
import { faces } from "./faces.js";
import { t } from "./texts.js";

const TOAST_MS = 1800;
const BANNER_MS = 5000;

/** Put a layer above a phone: the keyboard goes to it, Escape closes it, and what had the keyboard gets it back. */
export function lay(glass, veil) {
  const before = document.activeElement;
  const gone = new MutationObserver(() => {
    if (veil.isConnected) return;
    gone.disconnect();
    if (before?.isConnected && !before.closest("[inert]")) before.focus({ preventScroll: true });
  });
  glass.append(veil);
  gone.observe(glass, { childList: true });
  veil.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    veil.remove();
  });
  veil.querySelector("button")?.focus({ preventScroll: true });
}

/** An action sheet from below. actions: [{label, run, danger?}]. */
export function sheet(glass, actions, head = null) {
  const veil = h("div", { class: "veil", onclick: (event) => event.target === veil && veil.remove() });
  const choose = (run) => () => {
    veil.remove();
    run?.();
  };
  veil.append(
    h("div", { class: "sheet", role: "dialog" },
      head,
      actions.map(({ label, run, danger }) => h("button", { class: danger && "danger", onclick: choose(run) }, label)),
      h("button", { class: "cancel", onclick: choose() }, t("cancel"))),
  );
  lay(glass, veil);
}

/** What WeChat offers for a picture that is pressed long. */
export function pictureSheet(phone, url) {
  sheet(phone.glass, [{ label: t("web.recognise"), run: () => phone.open({ picture_url: url }) }]);
}

/** A picture over the whole screen; a tap closes it, a long press looks for a code in it. */
export function viewer(phone, url) {
  const picture = h("img", { src: url, alt: "" });
  const veil = h("div", { class: "veil viewer" }, picture, h("button", { class: "viewer-close", "aria-label": t("close"), onclick: () => veil.remove() }));
  onLongPress(picture, () => pictureSheet(phone, picture.src));
  lay(phone.glass, veil);
}

/** A question in the middle; `run` when it is answered with yes. */
export function ask(glass, { title, text, yes, danger, run }) {
  const veil = h("div", { class: "veil" });
  const close = (then) => () => {
    veil.remove();
    then?.();
  };
  veil.append(
    h("div", { class: "dialog", role: "alertdialog" },
      h("h2", {}, title),
      h("p", {}, text),
      h("div", {},
        h("button", { onclick: close() }, t("cancel")),
        h("button", { class: danger ? "danger" : "sure", onclick: close(run) }, yes))),
  );
  lay(glass, veil);
}

/** A few fields in the middle: fields: [{name, label, value?, needed?, type?}]; `run` gets what was filled in. */
export function form(glass, { title, fields, yes, run }) {
  const inputs = fields.map(({ name, value = "", needed = false, type = "text" }) =>
    h("input", { name, value, type, required: needed, autocomplete: "off", step: type === "number" ? "any" : false }));
  const send = (event) => {
    event.preventDefault();
    veil.remove();
    run(Object.fromEntries(inputs.map((input) => [input.name, input.type === "number" ? input.valueAsNumber : input.value.trim()])));
  };
  const veil = h("div", { class: "veil" },
    h("form", { class: "dialog form", onsubmit: send, "aria-label": title },
      h("h2", {}, title),
      inputs.map((input, index) => h("label", {}, fields[index].label, input)),
      h("div", { class: "buttons" },
        h("button", { type: "button", onclick: () => veil.remove() }, t("cancel")),
        h("button", { class: "sure" }, yes))));
  lay(glass, veil);
  inputs[0].focus({ preventScroll: true });
}

export function toast(glass, text) {
  glass.querySelector(":scope > .toast")?.remove();
  const box = h("div", { class: "toast", role: "status" }, text);
  glass.append(box);
  setTimeout(() => box.remove(), TOAST_MS);
}

/** A message that arrives while its chat is not open. */
export function banner(glass, chat, text, open) {
  glass.querySelector(":scope > .banner")?.remove();
  const box = h("button", { class: "banner", onclick: () => { box.remove(); open(); } },
    chat.type === "group" ? faces(chat.members.map((one) => one.avatar)) : avatar(chat.avatar),
    h("div", {}, h("b", {}, chat.type === "notices" ? t("notices.name") : chat.name), h("span", {}, text)));
  glass.append(box);
  setTimeout(() => box.remove(), BANNER_MS);
}
