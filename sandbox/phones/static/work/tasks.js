// 群发助手 and 客户朋友圈: what the company asks the member to send, to whom, and his yes.
import { h, svg } from "../phones/dom.js";
import { ask } from "../phones/layers.js";
import { when } from "../phones/texts.js";
import { content, preview } from "./content.js";
import { icons } from "./icons.js";
import { bar, cells } from "./parts.js";
import { t } from "./texts.js";

const FACES_SHOWN = 12;

/** All tasks, or those of some kinds, the waiting ones first. */
export function tasksScreen(phone, kinds = null) {
  const body = h("div", { class: "body" });
  const update = () => {
    const found = phone.state.tasks.filter((task) => !kinds || kinds.includes(task.kind));
    const waiting = found.filter((task) => task.state === "waiting");
    const past = found.filter((task) => task.state !== "waiting");
    const part = (title, tasks) => (tasks.length ? [h("div", { class: "section" }, title), tasks.map((task) => card(phone, task))] : []);
    body.replaceChildren(...(found.length
      ? [part(t("tasks.waiting"), waiting), part(t("tasks.past"), past)].flat(3)
      : [h("div", { class: "empty" }, t("tasks.none"), h("small", {}, t("tasks.none_why")))]));
  };
  update();
  const element = h("section", { class: "screen" }, bar(phone, t(kinds?.[0] === "moment" ? "tasks.moments" : "tasks.title")), body);
  return { name: "tasks", key: "t", element, update };
}

function card(phone, task) {
  const said = preview(task.pieces[0] ?? { kind: "", body: {} });
  return h("button", { class: "task", "data-task": task.key, onclick: () => phone.push(taskScreen(phone, task.key)) },
    h("span", { class: "task-head" }, svg(task.kind === "moment" ? icons.moment : icons.send),
      h("b", {}, t(`tasks.kind.${task.kind}`)), h("time", {}, when(task.at, phone.state.now))),
    h("span", { class: "task-said" }, said),
    h("span", { class: "task-foot" },
      h("span", {}, t(task.kind === "groups" ? "tasks.to_groups" : "tasks.to", { count: task.count })),
      task.reminders && task.state === "waiting" ? h("i", { class: "late" }, t("tasks.reminded", { count: task.reminders })) : null,
      h("i", { class: task.state }, t(`tasks.state.${task.state}`))));
}

function taskScreen(phone, key) {
  const body = h("div", { class: "body" });
  const bottom = h("div", { class: "bottom" });
  const update = () => {
    const task = phone.state.tasks.find((one) => one.key === key);
    if (!task) return;
    body.replaceChildren(...told(phone, task));
    bottom.replaceChildren(...(task.state === "waiting" ? buttons(phone, task) : []));
  };
  update();
  const element = h("section", { class: "screen" }, bar(phone, t("tasks.detail")), body, bottom);
  return { name: "task", element, update };
}

function told(phone, task) {
  const faces = task.to.filter((one) => one.avatar).slice(0, FACES_SHOWN);
  return [
    task.reminders && task.state === "waiting" ? h("div", { class: "strip late" }, svg(icons.bell), h("span", {}, t("tasks.reminded_long", { count: task.reminders }))) : "",
    h("div", { class: "section" }, t(task.kind === "moment" ? "tasks.what_moment" : "tasks.what")),
    task.kind === "moment" ? moment(phone, task) : h("div", { class: "preview talk" }, task.pieces.map((piece) =>
      h("div", { class: "line mine" }, h("img", { class: "avatar", src: phone.state.avatar, alt: "" }), content(phone, piece)))),
    h("div", { class: "section" }, t(task.kind === "groups" ? "tasks.to_groups" : "tasks.to", { count: task.count })),
    cells(h("div", { class: "receivers" },
      faces.length ? h("span", { class: "heads" }, faces.map((one) => h("img", { src: one.avatar, alt: "", title: one.name }))) : null,
      h("p", {}, task.to.map((one) => one.name).join("、") + (task.count > task.to.length ? "…" : "")))),
    task.state === "done" ? h("p", { class: "outcome" }, t(task.kind === "moment" ? "tasks.published" : "tasks.outcome", { sent: task.sent, failed: task.count - task.sent })) : "",
    task.state === "over" ? h("p", { class: "outcome" }, t("tasks.cancelled")) : "",
  ];
}

/** A moment as it will stand in customers' feeds. */
function moment(phone, task) {
  const words = task.pieces.find((piece) => piece.kind === "text");
  const others = task.pieces.filter((piece) => piece.kind !== "text");
  const pictures = others.every((piece) => piece.kind === "image") ? (others.length > 1 ? "pictures many" : "pictures") : null;
  return h("div", { class: "moment" },
    h("img", { class: "avatar", src: phone.state.avatar, alt: "" }),
    h("div", {}, h("b", {}, phone.state.name), words ? h("p", {}, words.body.content) : null,
      h("div", { class: pictures }, others.map((piece) => content(phone, piece)))));
}

function buttons(phone, task) {
  const send = async (event) => {
    event.currentTarget.disabled = true;
    const answer = await phone.act(() => phone.calls.confirm(task));
    if (answer) phone.toast(task.kind === "moment" ? t("tasks.published") : t("tasks.outcome", answer));
  };
  const skip = () => ask(phone.glass, {
    title: t("tasks.skip"), text: t("tasks.skip_why"), yes: t("tasks.skip_sure"),
    run: async () => { if (await phone.act(() => phone.calls.skip(task.key))) phone.pop(); },
  });
  return [
    h("button", { class: "main-button", onclick: send }, t(task.kind === "moment" ? "tasks.publish" : "tasks.send")),
    h("button", { class: "quiet-button", onclick: skip }, t("tasks.skip"))];
}

/** What the workbench offers of it. */
export function taskTiles(phone) {
  const waiting = (kinds) => phone.state.tasks.filter((task) => task.state === "waiting" && kinds.includes(task.kind)).length;
  const tile = (icon, label, kinds) => {
    const count = waiting(kinds);
    return h("button", { class: "tile", onclick: () => phone.push(tasksScreen(phone, kinds)) },
      h("i", { class: "sign tool" }, svg(icon)), label, count ? h("span", { class: "badge" }, count) : null);
  };
  return [tile(icons.send, t("tasks.title"), ["mass", "groups"]), tile(icons.moment, t("tasks.moments"), ["moment"])];
}

