// A customer group: who is in it, what its owner may do, and how a new one is made.
import { h, svg } from "../phones/dom.js";
import { icons as shared } from "../phones/icons.js";
import { ask, sheet } from "../phones/layers.js";
import { inOrder } from "../phones/order.js";
import { staff } from "./api.js";
import { bar, cell, cells } from "./parts.js";
import { t } from "./texts.js";

export function groupScreen(phone, chatId) {
  const body = h("div", { class: "body" });
  const latest = inOrder();
  const look = async () => {
    const group = await latest(phone.calls.group(chatId));
    if (group) body.replaceChildren(...parts(phone, group));
  };
  const update = () => look().catch(() => phone.home());
  const element = h("section", { class: "screen" }, bar(phone, t("group.title")), body);
  update();
  return { name: "group", element, update };
}

function parts(phone, group) {
  const change = (name, label, most) => () => phone.push(textScreen(phone, { title: label, value: group[name], most,
    save: (value) => phone.calls.changeGroup(group.chat_id, { [name]: value }) }));
  const own = group.owned;
  return [
    h("div", { class: "people" },
      group.people.map((one) => person(phone, group, one)),
      h("button", { onclick: () => phone.push(chooseScreen(phone, group)) }, h("i", {}, svg(shared.plus)), h("small", {}, t("group.invite")))),
    cells(
      cell(t("group.name"), group.name, own ? change("name", t("group.name"), 40) : null),
      cell(t("group.notice"), group.notice || t("group.notice_none"), own ? change("notice", t("group.notice"), 500) : null)),
    own ? cells(
      cell(t("group.hand_over"), "", () => handOver(phone, group)),
      h("button", { class: "cell center danger", onclick: () => dismiss(phone, group) }, t("group.dismiss"))) : "",
  ];
}

function person(phone, group, one) {
  const remove = () => sheet(phone.glass, [{ label: t("group.remove", one), danger: true,
    run: () => phone.act(() => phone.calls.removeFromGroup(group.chat_id, one.person_id)) }]);
  const can = group.owned && !one.staff;
  return h(can ? "button" : "div", { onclick: can ? remove : null, class: "person" },
    h("img", { src: one.avatar, alt: "" }),
    one.owner ? h("em", {}, t("group.owner")) : null,
    h("small", {}, one.name));
}

async function handOver(phone, group) {
  const { items } = await staff();
  const others = items.filter((one) => one.corp_id === phone.state.corp_id && one.userid !== phone.state.userid);
  sheet(phone.glass, others.slice(0, 8).map((one) => ({ label: `${one.name} ${one.title}`,
    run: () => phone.act(() => phone.calls.changeGroup(group.chat_id, { heir: one.userid })) })));
}

function dismiss(phone, group) {
  ask(phone.glass, { title: t("group.dismiss"), text: t("group.dismiss_text", group), yes: t("group.dismiss_sure"), danger: true,
    run: async () => {
      phone.home();
      await phone.act(() => phone.calls.dismissGroup(group.chat_id));
    } });
}

/** One line or more to write; `save` answers a promise. */
function textScreen(phone, { title, value, most, save }) {
  const input = h("textarea", { rows: most > 100 ? 6 : 1, maxlength: most, "aria-label": title });
  input.value = value;
  const submit = async (event) => {
    event.preventDefault();
    if (await phone.act(() => save(input.value.trim()))) phone.pop();
  };
  const element = h("section", { class: "screen" }, bar(phone, title),
    h("form", { class: "body form", onsubmit: submit }, input, h("button", { class: "main-button" }, t("save"))));
  return { name: "text", element };
}

/** Choose customers: for a group that is there, or for a new one. */
export function chooseScreen(phone, group = null) {
  const inside = new Set(group?.people.map((one) => one.person_id));
  const chosen = new Set();
  const name = group ? null : h("input", { maxlength: 40, placeholder: t("group.name_hint"), "aria-label": t("group.name") });
  const done = h("button", { class: "main-button", disabled: true, onclick: () => finish() }, t("group.invite"));
  const choose = (event, one) => {
    if (!chosen.delete(one.person_id)) chosen.add(one.person_id);
    event.currentTarget.setAttribute("aria-pressed", String(chosen.has(one.person_id)));
    done.disabled = !chosen.size;
  };
  const finish = async () => {
    const persons = [...chosen];
    const made = await phone.act(() => (group
      ? phone.calls.invite(group.chat_id, persons)
      : phone.calls.createGroup(name.value.trim() || t("group.name_default", phone.state), persons)));
    if (!made) return;
    if (group) phone.pop();
    else phone.openChat(phone.threadOf(`g${made.chat_id}`));
  };
  const rows = phone.state.customers.filter((one) => !inside.has(one.person_id)).map((one) =>
    h("button", { class: "row small pick", "aria-pressed": "false", onclick: (event) => choose(event, one) },
      h("i", { class: "tick" }, svg(shared.tick)),
      h("img", { class: "avatar", src: one.avatar, alt: "" }),
      h("span", { class: "text" }, h("span", { class: "first" }, h("span", { class: "name" }, one.remark || one.name)))));
  const element = h("section", { class: "screen" }, bar(phone, t(group ? "group.invite" : "group.new")),
    h("div", { class: "body" }, name ? h("div", { class: "form" }, name) : null,
      rows.length ? h("div", { class: "rows" }, rows) : h("div", { class: "empty" }, t("group.nobody"))),
    h("div", { class: "bottom" }, done));
  return { name: "choose", element };
}
