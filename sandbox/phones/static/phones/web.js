// The web view: a page in the phone's own browser.
import { h, svg } from "./dom.js";
import { icons } from "./icons.js";
import { pictureSheet, sheet } from "./layers.js";
import { t } from "./texts.js";

/** The phone's address under the port by which this page itself was reached. */
function reachable(source) {
  const url = new URL(source);
  url.port = location.port;
  return url.href;
}

/** found: {url, src} as answered by a scan. */
export function webScreen(phone, found) {
  let host = new URL(found.url).host;
  let address = found.url;
  const title = h("h1", {}, host);
  const frame = h("iframe", { src: reachable(found.src), title: host, allow: "clipboard-write" });
  const screen = { name: "web" };
  const bar = h("div", { class: "nav loading" });
  frame.addEventListener("load", () => bar.classList.remove("loading"));

  const load = (next) => {
    host = new URL(next.url).host;
    address = next.url;
    title.textContent = host;
    bar.classList.add("loading");
    frame.src = reachable(next.src);
  };
  const hear = (event) => {
    if (!frame.isConnected) return removeEventListener("message", hear);
    if (event.source !== frame.contentWindow || event.data?.wechat !== true || phone.top !== screen) return undefined;
    const { type, url, title: name, path } = event.data;
    if (type === "page") {
      title.textContent = name || host;
      address = new URL(path, address).href;
    }
    if (type === "picture") pictureSheet(phone, url);
    if (type === "open" || type === "contact") phone.open({ url });
    if (type === "close") phone.pop();
    return undefined;
  };
  const reload = () => { bar.classList.add("loading"); frame.src = reachable(frame.src.replace(/^(https?:\/\/[^/]+).*/, `$1${new URL(address).pathname}${new URL(address).search}`)); };
  const copy = () => navigator.clipboard?.writeText(address).then(() => phone.toast(t("web.copied")), () => phone.toast(address));
  const more = () => sheet(phone.glass,
    [{ label: t("web.reload"), run: reload }, { label: t("web.copy"), run: copy }],
    h("div", { class: "address" }, t("web.provided", { host })));

  bar.append(
    h("button", { "aria-label": t("close"), onclick: () => phone.pop() }, svg(icons.close)),
    title,
    h("button", { class: "right", "aria-label": t("more"), onclick: more }, svg(icons.more)));
  screen.element = h("section", { class: "screen web" }, bar, frame);
  screen.load = load;
  // Listening begins once the frame is in the page, so that an unused one is not kept alive.
  queueMicrotask(() => addEventListener("message", hear));
  return screen;
}
