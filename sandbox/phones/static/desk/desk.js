// The table with the phones of all visitors.
import { Springboard } from "../apps/springboard.js";
import { api } from "../phones/api.js";
import { h } from "../phones/dom.js";
import { Phone } from "../phones/phone.js";
import { reason, t } from "../phones/texts.js";
import { callsOf, staff } from "../work/api.js";
import { MemberPhone } from "../work/member.js";
import { t as work } from "../work/texts.js";

const table = document.querySelector(".table");
const adder = document.querySelector(".adder");
const places = new Map();
const MANY = 8;
let persons = [];
let members = [];

const desk = {
  phones: () => [...persons, ...members].filter((one) => one.shown),
  focus,
  async add(name) {
    const made = await api.createPerson(name);
    await lay();
    focus(made.id);
  },
};

function focus(id) {
  sessionStorage.setItem("phone", id);
  for (const [key, place] of places) place.element.classList.toggle("current", key === id);
  places.get(id)?.element.scrollIntoView({ behavior: "smooth", block: "nearest", inline: "center" });
}

async function lay() {
  [persons, members] = (await Promise.all([api.persons(), staff()])).map((answer) => answer.items);
  const shown = desk.phones();
  for (const [id, place] of places) {
    if (shown.some((person) => person.id === id)) continue;
    place.phone.stop();
    place.element.remove();
    places.delete(id);
  }
  for (const person of shown) {
    if (!places.has(person.id)) places.set(person.id, place(person));
  }
  table.querySelector(".empty-table")?.remove();
  if (!shown.length) table.append(h("p", { class: "empty-table" }, t("desk.empty")));
  const kept = sessionStorage.getItem("phone");
  const wanted = places.has(kept) ? kept : Number(kept);
  const current = places.has(wanted) ? wanted : shown[0]?.id;
  for (const [id, { element }] of places) element.classList.toggle("current", id === current);
  fillAdder();
}

function place(person) {
  const phone = person.userid ? new MemberPhone(person.id, desk) : new Phone(person.id, desk);
  const name = person.userid ? work("desk.phone_of", person) : t("desk.phone_of", { name: person.name });
  const away = h("button", { title: t("desk.put_away"), "aria-label": t("desk.put_away"), onclick: () => putAway(person.id) }, "×");
  const element = h("div", { class: "place" },
    h("div", { class: "place-head" }, h("b", {}, name), away), phone.element);
  table.append(element);
  return { element, phone, board: new Springboard(phone, person.userid ? person.id : `p${person.id}`) };
}

const show = (id, shown) => (typeof id === "number" ? api.showPhone(id, shown) : callsOf(id).show(shown));

async function putAway(id) {
  await show(id, false);
  await lay();
}

function fillAdder() {
  const menu = adder.querySelector(".adder-menu");
  const open = Boolean(menu);
  const button = h("button", { "aria-haspopup": "true", "aria-expanded": String(open), onclick: () => (adder.querySelector(".adder-menu")?.remove() ?? adder.append(adderMenu())) }, `+ ${t("desk.add")}`);
  adder.replaceChildren(button);
}

function adderMenu() {
  const input = h("input", { placeholder: t("desk.name"), maxlength: 32, name: "name", "aria-label": t("desk.name") });
  const create = async (event) => {
    event.preventDefault();
    menu.remove();
    await desk.add(input.value);
  };
  const bring = async (id) => {
    menu.remove();
    await show(id, true);
    await lay();
    focus(id);
  };
  const bringBack = (one, ...more) => h("button", { class: "back", onclick: () => bring(one.id) }, h("img", { src: one.avatar, alt: "" }), one.name, more);
  const menu = h("div", { class: "adder-menu" },
    h("form", { onsubmit: create }, input, h("button", {}, t("desk.new"))),
    choices(t("desk.away"), t("desk.find"), persons, (person) => bringBack(person)),
    choices(work("desk.staff"), work("desk.find"), members, (member) => bringBack(member, h("small", {}, member.title))));
  setTimeout(() => {
    input.focus();
    addEventListener("click", function outside(event) {
      if (adder.contains(event.target)) return;
      menu.remove();
      removeEventListener("click", outside);
    });
  });
  return menu;
}

/** Those whose phones are not on the table, the first of them; a field finds others when there are many. */
function choices(title, find, all, button) {
  const away = all.filter((one) => !one.shown);
  if (!away.length) return null;
  const rows = h("div", {});
  const sift = (wanted) => rows.replaceChildren(...away.filter((one) => `${one.name} ${one.userid ?? ""}`.toLowerCase().includes(wanted)).slice(0, MANY).map(button));
  sift("");
  const field = h("input", { class: "find-member", type: "search", placeholder: find, "aria-label": find, oninput: () => sift(field.value.trim().toLowerCase()) });
  return [h("h2", {}, title), away.length > MANY ? field : null, rows];
}

function listen() {
  const stream = new EventSource("/phones/stream");
  stream.addEventListener("message", (event) => {
    const id = Number(event.data);
    if (id === 0) lay().catch(report);
    else places.get(id)?.phone.refresh().catch(report);
    if (event.data === "mail" || event.data === "sms") for (const { board } of places.values()) board.soon();
    // What moves on one phone may show on any member's.
    for (const { phone } of places.values()) phone.soon?.();
  });
  // After a break something may have been missed.
  stream.addEventListener("open", () => {
    for (const { phone } of places.values()) phone.ready.then(() => phone.refresh()).catch(report);
  });
}

function report(error) {
  for (const { phone } of places.values()) phone.toast(reason(error));
}

/** `/?phone=1&open=URL` opens an address on a phone, `/?member=WangFang` puts a member's phone on the table. */
async function follow() {
  const query = new URLSearchParams(location.search);
  const wanted = query.get("member");
  const member = wanted !== null && (members.find((one) => one.id === wanted || one.userid === wanted) ?? members.find((one) => one.shown) ?? members[0]);
  if (member && !member.shown) {
    await show(member.id, true);
    await lay();
  }
  const id = member ? member.id : Number(query.get("phone")) || persons.find((person) => person.shown)?.id;
  if (query.get("phone") || member) focus(id);
  const url = query.get("open");
  if (!url || !places.has(id)) return;
  history.replaceState(null, "", location.pathname);
  const { phone } = places.get(id);
  await phone.ready;
  await phone.open({ url });
}

await lay();
listen();
await follow();
