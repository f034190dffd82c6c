// A company's departments and members, to be changed as on the platform's own page; each change is told as an event.
import { h } from "../phones/dom.js";
import { refusal, t } from "./platform-texts.js";

const STATUSES = [1, 2, 4, 5];

export function directoryParts(corp, ask) {
  const box = h("div", {});
  const said = h("span", { role: "status" });
  const change = async (method, path, body) => {
    said.className = "";
    said.textContent = "…";
    try {
      show(await ask(method, `/corps/${corp.corp_id}/${path}`, body));
      said.className = "good";
      said.textContent = t("told");
    } catch (error) {
      said.className = "bad";
      said.textContent = refusal(error);
    }
  };
  const show = (now) => box.replaceChildren(
    h("h3", {}, t("departments")), departmentTable(now, change), newDepartment(now, change),
    h("h3", {}, t("members")), memberTable(now, change), newMember(now, change));
  show(corp);
  return [box, said];
}

function field(value, label, save) {
  const input = h("input", { value, "aria-label": label });
  input.addEventListener("change", () => save(input.value.trim()));
  return input;
}

function choice(options, value, label, save) {
  const select = h("select", { "aria-label": label },
    options.map(([key, name]) => h("option", String(key) === String(value) ? { value: key, selected: "" } : { value: key }, name)));
  select.addEventListener("change", () => save([Number(select.value)]));
  return select;
}

/** Several of a few: their names, and boxes to tick when it is opened. Told once, when it closes. */
function several(options, chosen, label, save) {
  const boxes = options.map(([key, name]) => {
    const box = h("input", { type: "checkbox", value: key });
    box.checked = chosen.includes(key);
    return { box, line: h("label", {}, box, name) };
  });
  const ticked = () => boxes.filter(({ box }) => box.checked).map(({ box }) => Number(box.value));
  const names = options.filter(([key]) => chosen.includes(key)).map(([, name]) => name).join("、");
  const element = h("details", { class: "several" }, h("summary", { "aria-label": `${label}：${names}` }, names || "—"), h("div", {}, boxes.map(({ line }) => line)));
  element.addEventListener("toggle", () => {
    if (!element.open && ticked().join() !== options.map(([key]) => key).filter((key) => chosen.includes(key)).join()) save(ticked());
  });
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !element.contains(event.relatedTarget)) element.open = false;
  });
  return element;
}

const named = (corp) => corp.departments.map((one) => [one.id, one.name]);

function table(heads, rows, kind = "") {
  return h("div", { class: `wide ${kind}` }, h("table", {},
    h("thead", {}, h("tr", {}, heads.map((key) => h("th", {}, key && t(key))))), h("tbody", {}, rows)));
}

function departmentTable(corp, change) {
  const rows = corp.departments.map((one) => h("tr", {},
    h("td", { class: "mono" }, String(one.id)),
    h("td", {}, field(one.name, t("name"), (name) => change("PATCH", `departments/${one.id}`, { name }))),
    h("td", {}, one.id === 1 ? "—" : choice(named(corp), one.parent_id, t("parent"), ([parent_id]) => change("PATCH", `departments/${one.id}`, { parent_id }))),
    h("td", {}, one.id === 1 ? "" : h("button", { type: "button", onclick: () => change("DELETE", `departments/${one.id}`) }, t("remove")))));
  return table(["id", "name", "parent", ""], rows);
}

function newDepartment(corp, change) {
  const name = h("input", { "aria-label": t("name"), placeholder: t("name"), required: "" });
  const submit = (event) => {
    event.preventDefault();
    change("POST", "departments", { name: name.value.trim() });
  };
  return h("form", { class: "tools adding", onsubmit: submit }, name, h("button", {}, t("add_department")));
}

function memberTable(corp, change) {
  const rows = corp.members.map((member) => {
    const patch = (body) => change("PATCH", `members/${member.userid}`, body);
    return h("tr", {},
      h("td", { class: "person" }, h("img", { src: `/avatars/members/${corp.corp_id}/${member.userid}.svg`, alt: "" }), field(member.name, t("name"), (name) => patch({ name }))),
      h("td", { class: "mono" }, field(member.userid, t("userid"), (new_userid) => patch({ new_userid }))),
      h("td", {}, field(member.title, t("title"), (title) => patch({ title }))),
      h("td", {}, several(named(corp), member.departments, t("departments"), (departments) => patch({ departments }))),
      h("td", {}, several(named(corp).filter(([id]) => member.departments.includes(id)), member.leads, t("leads"), (leads) => patch({ leads }))),
      h("td", {}, choice(STATUSES.map((one) => [one, t(`status_${one}`)]), member.status, t("status"), ([status]) => patch({ status }))),
      h("td", {}, t(member.serves_customers ? "yes" : "no")),
      h("td", {}, h("button", { type: "button", onclick: () => change("DELETE", `members/${member.userid}`) }, t("resign"))));
  });
  return table(["name", "userid", "title", "departments", "leads", "status", "serves", ""], rows, "members");
}

function newMember(corp, change) {
  const inputs = ["name", "userid"].map((key) => h("input", { name: key, "aria-label": t(key), placeholder: t(key), required: "" }));
  const submit = (event) => {
    event.preventDefault();
    change("POST", "members", Object.fromEntries(inputs.map((input) => [input.name, input.value.trim()])));
  };
  return h("form", { class: "tools adding", onsubmit: submit }, inputs, h("button", {}, t("add_member")));
}
