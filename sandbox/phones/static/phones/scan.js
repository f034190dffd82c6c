// 扫一扫: paste a link, or take a picture from the album.
import { api } from "./api.js";
import { h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { t } from "./texts.js";

export function scanScreen(phone) {
  const input = h("input", { type: "text", inputmode: "url", name: "url", placeholder: t("scan.paste"), autocomplete: "off", "aria-label": t("scan.paste") });
  const open = (event) => {
    event.preventDefault();
    const url = input.value.trim();
    if (url) phone.open({ url: /^[a-z]+:\/\//i.test(url) ? url : `http://${url}` });
  };
  const album = h("div", { class: "album" });
  const fill = async () => {
    const { items } = await api.codes();
    if (!items.length) album.replaceWith(h("p", { class: "none" }, t("scan.album_empty")));
    album.replaceChildren(...items.map((code) =>
      h("button", { onclick: () => phone.open({ picture_url: code.qr_code }), title: code.remark || code.people || code.state },
        h("img", { src: code.picture, alt: "", draggable: "false" }), h("span", {}, code.remark || code.people || code.state))));
  };
  fill().catch((error) => phone.fail(error));
  const element = h("section", { class: "screen scan" },
    h("div", { class: "nav" },
      h("button", { "aria-label": t("close"), onclick: () => phone.pop() }, svg(icons.close)),
      h("h1", {}, t("scan"))),
    h("div", { class: "finder" }, h("p", {}, t("scan.hint"))),
    h("div", { class: "hand" },
      h("form", { onsubmit: open }, input, h("button", {}, t("scan.open"))),
      h("h2", {}, t("scan.album")),
      album));
  return { name: "scan", element, dark: true };
}
