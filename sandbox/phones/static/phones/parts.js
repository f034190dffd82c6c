// Parts that many screens have: the bar at the top, cells, empty words.
import { h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { t } from "./texts.js";

/** A screen with a way back, a title, and what stands at the right. */
export function frame(phone, { kind = "", title = "", right = null, body, close = false }) {
  return h("section", { class: `screen ${kind}` },
    h("div", { class: "nav" },
      h("button", { "aria-label": t(close ? "close" : "back"), onclick: () => phone.pop() }, svg(close ? icons.close : icons.back)),
      h("h1", {}, title), right),
    body);
}

/** A row with an icon, a label, a value and an arrow. */
export function cell(icon, colour, label, value, run) {
  return h("button", { class: "cell iconed", onclick: run },
    h("span", { class: "icon", style: `color:${colour}` }, svg(icon)),
    h("span", { class: "label" }, label),
    value ? h("span", { class: "value" }, value) : null,
    svg(icons.chevron, "chevron"));
}

/** A label and what it says. */
export function fact(label, value) {
  return h("div", { class: "cell" }, h("span", { class: "label fixed" }, label), h("span", { class: "value near" }, value));
}

/** A button across the whole width. */
export function action(label, run, { icon = null, danger = false } = {}) {
  return h("div", { class: "cells" },
    h("button", { class: danger ? "cell center danger" : "cell center", onclick: run }, icon ? svg(icon) : null, label));
}

export function empty(text, ...more) {
  return h("div", { class: "empty" }, text, ...more);
}
