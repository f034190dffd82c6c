// The little markdown that WeCom shows: headings, bold, links, quotes, code, coloured words.
import { h } from "../phones/dom.js";

const INLINE = /\*\*(.+?)\*\*|\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)|`([^`]+)`|<font color="(info|comment|warning)">(.*?)<\/font>/g;

/** Elements for a markdown text; what is not known stays as it is written. */
export function markdown(phone, text) {
  return h("div", { class: "markdown" }, text.split("\n").map((row) => {
    const heading = /^(#{1,6})\s+(.*)$/.exec(row);
    if (heading) return h("b", { class: `h${Math.min(heading[1].length, 3)}` }, inline(phone, heading[2]));
    const quote = /^>\s?(.*)$/.exec(row);
    if (quote) return h("blockquote", {}, inline(phone, quote[1]));
    return row.trim() ? h("p", {}, inline(phone, row)) : h("br");
  }));
}

function inline(phone, text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, bold, label, url, code, colour, coloured] = found;
    parts.push(text.slice(end, found.index));
    if (bold) parts.push(h("b", {}, bold));
    else if (label) parts.push(h("a", { href: url, onclick: (event) => { event.preventDefault(); phone.open({ url }); } }, label));
    else if (code) parts.push(h("code", {}, code));
    else parts.push(h("span", { class: colour }, coloured));
    end = found.index + whole.length;
  }
  return [...parts, text.slice(end)];
}
