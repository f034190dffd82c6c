// Pieces that many screens of a member's phone are made of.
import { h, svg } from "../phones/dom.js";
import { icons as shared } from "../phones/icons.js";
import { icons } from "./icons.js";
import { t as phones } from "../phones/texts.js";

const FACES_SHOWN = 9;

/** The one picture that stands for a conversation. */
export function face(thread) {
  return thread.avatars?.[0] ?? "/static/work/app.svg";
}

/** A conversation's picture: one face, up to nine of a group, or an application's sign. */
export function picture(thread) {
  if (thread.kind === "app") return h("span", { class: "avatar sign" }, thread.name.slice(0, 1));
  if (thread.kind === "tasks") return h("span", { class: "avatar sign tasks" }, svg(icons.send));
  if (thread.kind !== "group") return h("img", { class: "avatar", src: face(thread), alt: "", draggable: "false" });
  const faces = thread.avatars.slice(0, FACES_SHOWN);
  return h("span", { class: `avatar mosaic m${faces.length > 4 ? 9 : faces.length > 1 ? 4 : 1}` },
    faces.map((source) => h("img", { src: source, alt: "", draggable: "false" })));
}

/** A screen's bar with a way back. */
export function bar(phone, title, ...right) {
  return h("div", { class: "nav" },
    h("button", { "aria-label": phones("back"), onclick: () => phone.pop() }, svg(shared.back)),
    h("h1", {}, title),
    ...right);
}

/** A line with a label and a value; a button when it does something. */
export function cell(label, value, run, { icon, colour, badge } = {}) {
  return h(run ? "button" : "div", { class: icon ? "cell iconed" : "cell", onclick: run },
    icon ? h("span", { class: "icon", style: `color:${colour ?? "var(--wx-green)"}` }, svg(icon)) : null,
    h("span", { class: "label" }, label),
    h("span", { class: "value" }, value ?? ""),
    badge ? h("span", { class: "badge" }, badge) : null,
    run ? svg(shared.chevron, "chevron") : null);
}

/** Lines that belong together; what is null is left out. */
export const cells = (...rows) => h("div", { class: "cells" }, rows);
