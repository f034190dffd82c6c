// The phones of a company's members: scan a sign-in, confirm it, open the workbench.
import { h } from "../phones/dom.js";
import { t } from "./members-texts.js";

const people = document.querySelector(".people");
const handset = document.querySelector(".handset");
let corps = [];
let held = null;
let looking = 0;

async function ask(method, path, body) {
  const response = await fetch(`/sandbox/api${path}`, { method, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error?.message), { code: answer.error?.code });
  return answer;
}

const face = (corp, member) => `/avatars/members/${corp.corp_id}/${member.userid}.svg`;
const path = (rest) => `/corps/${held.corp.corp_id}/members/${held.member.userid}${rest}`;

function listPeople() {
  people.replaceChildren(...corps.flatMap((corp) => [
    h("h2", {}, corp.name),
    ...corp.members.filter((member) => member.status === 1).map((member) => h("button", {
      "aria-pressed": String(held?.member === member),
      onclick: () => take(corp, member),
    }, h("img", { src: face(corp, member), alt: "" }), h("span", {}, member.name, h("small", {}, member.title)))),
  ]));
}

async function take(corp, member) {
  held = { corp, member };
  sessionStorage.setItem("member", `${corp.corp_id}/${member.userid}`);
  listPeople();
  await home();
}

function show(...parts) {
  clearTimeout(looking);
  handset.replaceChildren(
    h("div", { class: "top" }, h("img", { src: face(held.corp, held.member), alt: "" }),
      h("div", {}, h("b", {}, held.member.name), h("small", {}, held.corp.name))),
    ...parts);
}

async function home() {
  const phone = await ask("GET", path("/phone"));
  const mine = phone.screens.filter((screen) => screen.corp_id === held.corp.corp_id);
  show(h("div", { class: "body" },
    h("h3", {}, t("scan")),
    mine.length ? mine.map((screen) => h("button", { class: "tile scan", onclick: () => scan(screen.key) },
      h("i", {}, "⌗"), h("span", {}, t("screen"), h("small", {}, `${screen.app} · ${new Date(screen.at * 1000).toLocaleTimeString()}`)))) : h("p", { class: "none" }, t("no_screen")),
    h("h3", {}, t("workbench")),
    phone.apps.map((app) => h("button", { class: "tile app", disabled: app.home_url ? null : "", onclick: () => open(app) },
      h("i", {}, app.name.slice(0, 1)), h("span", {}, app.name, h("small", {}, app.home_url ? t("opens") : t("no_home")))))));
  looking = setTimeout(() => home().catch(trouble), 1500);
}

async function scan(key) {
  const found = await ask("POST", path("/scan"), { key }).catch(trouble);
  if (!found) return;
  const settle = async (answer) => {
    await ask("POST", path(`/scan/${key}/${answer}`)).then(home, trouble);
  };
  show(h("div", { class: "ask" }, h("i", {}, found.app.slice(0, 1)), h("b", {}, t("sign_in", { app: found.app })), h("p", {}, found.corp),
    h("div", { class: "foot" },
      h("button", { class: "main confirm", onclick: () => settle("confirm") }, t("confirm")),
      h("button", { class: "refuse", onclick: () => settle("refuse") }, t("refuse")))));
}

async function open(app) {
  const { src } = await ask("POST", path("/open"), { url: app.home_url });
  clearTimeout(looking);
  const here = new URL(src);
  here.port = location.port;
  handset.replaceChildren(h("div", { class: "web" },
    h("header", {}, h("b", {}, app.name), h("button", { onclick: () => home().catch(trouble) }, t("close"))),
    h("iframe", { src: here.href, title: app.name })));
}

function trouble(error) {
  show(h("div", { class: "ask" }, h("b", {}, t(error.code) === error.code ? error.message : t(error.code)),
    h("div", { class: "foot" }, h("button", { onclick: () => home().catch(trouble) }, t("back")))));
}

corps = (await ask("GET", "/corps")).items;
const wanted = new URLSearchParams(location.search).get("member") ?? sessionStorage.getItem("member");
const all = corps.flatMap((corp) => corp.members.map((member) => ({ corp, member })));
const first = all.find(({ corp, member }) => wanted === `${corp.corp_id}/${member.userid}` || wanted === member.userid) ?? all.find(({ member }) => member.status === 1);
if (first) await take(first.corp, first.member);
