// Pictures that stand for chats: one avatar, or those of a group's first members.
import { avatar, h } from "./dom.js";

const MOST = 9;

/** The avatar of a chat. */
export function face(chat) {
  if (chat.type !== "group") return avatar(chat.avatar);
  return faces(chat.members.map((one) => one.avatar));
}

/** Up to nine small pictures in one. */
export function faces(sources) {
  const shown = sources.slice(0, MOST);
  return h("span", { class: `avatar faces of-${shown.length > 4 ? "nine" : "four"}`, "aria-hidden": "true" },
    shown.map((source) => h("img", { src: source, alt: "", draggable: "false" })));
}
