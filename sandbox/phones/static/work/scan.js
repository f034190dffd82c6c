// 扫一扫: the sign-in codes on screens around the member, and what the phone asks then.
import { h, svg } from "../phones/dom.js";
import { icons as shared } from "../phones/icons.js";
import { t as phones } from "../phones/texts.js";
import { icons } from "./icons.js";
import { t } from "./texts.js";

const LOOK_EVERY_MS = 1500;

export function scanScreen(phone) {
  const list = h("div", { class: "screens" });
  const input = h("input", { inputmode: "url", placeholder: t("scan.paste"), "aria-label": t("scan.paste"), autocomplete: "off" });
  const scan = async (what) => {
    try {
      phone.push(signInScreen(phone, await phone.calls.scan(what)), "risen");
    } catch (error) {
      phone.fail(error);
    }
  };
  const open = (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (/\/(wwlogin|wwopen)\//.test(text)) scan({ url: text });
    else if (text) phone.open({ url: /^[a-z]+:\/\//i.test(text) ? text : `http://${text}` });
  };
  const update = () => {
    const mine = phone.state.screens.filter((screen) => screen.corp_id === phone.state.corp_id);
    list.replaceChildren(...(mine.length ? mine.map((screen) => h("button", { onclick: () => scan({ key: screen.key }) },
      svg(icons.screen), h("span", {}, h("b", {}, t("scan.screen")), h("small", {}, `${screen.app} · ${new Date(screen.at * 1000).toLocaleTimeString()}`)))) : [h("p", {}, t("scan.none"))]));
  };
  update();
  const element = h("section", { class: "screen scan" },
    h("div", { class: "nav" },
      h("button", { "aria-label": phones("close"), onclick: () => phone.pop() }, svg(shared.close)),
      h("h1", {}, t("scan"))),
    h("div", { class: "finder" }, h("p", {}, t("scan.hint"))),
    h("div", { class: "hand" },
      h("h2", {}, t("scan.screens")), list,
      h("form", { onsubmit: open }, input, h("button", {}, t("scan.open")))));
  // Nobody tells of codes on screens: they are no news of the platform.
  const looking = setInterval(() => (element.isConnected ? phone.refresh().catch(() => undefined) : clearInterval(looking)), LOOK_EVERY_MS);
  return { name: "scan", element, update, dark: true };
}

function signInScreen(phone, found) {
  const settle = async (answer) => {
    if (!(await phone.act(() => phone.calls.settle(found.key, answer)))) return;
    phone.home();
    phone.toast(t(answer === "confirm" ? "scan.done" : "scan.refused"));
  };
  const element = h("section", { class: "screen asked" },
    h("div", { class: "nav" }, h("button", { "aria-label": phones("close"), onclick: () => phone.pop() }, svg(shared.close))),
    h("div", { class: "body" },
      svg(icons.screen, "device"), h("h2", {}, t("scan.sign_in", { app: found.app })),
      h("p", {}, found.corp), h("p", {}, t("scan.as", { name: phone.state.name }))),
    h("div", { class: "bottom" },
      h("button", { class: "main-button", onclick: () => settle("confirm") }, t("scan.confirm")),
      h("button", { class: "quiet-button", onclick: () => settle("refuse") }, t("scan.refuse"))));
  return { name: "asked", element };
}
