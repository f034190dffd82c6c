// What was called, and what was called back.
import { h } from "../phones/dom.js";
import { locale, t } from "./platform-texts.js";

export async function logPanels(ask) {
  return [
    await panel("calls", ["time", "path", "errcode", "took"], async () => (await ask("GET", "/calls?limit=50")).items.map(callRow)),
    await panel("callbacks", ["time", "event", "status", "attempts"], async () => (await ask("GET", "/callbacks?limit=50")).items.map(callbackRow)),
  ];
}

async function panel(key, columns, load) {
  const rows = h("tbody");
  const fill = async () => {
    const found = await load();
    rows.replaceChildren(...(found.length ? found.flat() : [h("tr", {}, h("td", { colspan: columns.length }, t("none")))]));
  };
  await fill();
  return h("section", { class: "panel" },
    h("div", { class: "tools", style: "justify-content:space-between" }, h("h2", {}, t(key)), h("button", { onclick: fill }, t("refresh"))),
    h("div", { class: "wide log", tabindex: "0", role: "region", "aria-label": t(key) }, h("table", {}, h("thead", {}, h("tr", {}, columns.map((name) => h("th", {}, t(name))))), rows)));
}

function opening(cells, details) {
  const more = h("tr", { class: "more", hidden: true }, h("td", { colspan: cells.length }, h("pre", {}, details)));
  const row = h("tr", { class: "opens", onclick: () => { more.hidden = !more.hidden; } }, cells.map((cell) => (cell instanceof Node ? cell : h("td", {}, cell))));
  return [row, more];
}

const REFUSED = 400;

// What is told of another day says which.
function clock(at) {
  const then = new Date(at * 1000);
  return then.toDateString() === new Date().toDateString() ? then.toLocaleTimeString(locale) : then.toLocaleString(locale, { dateStyle: "short", timeStyle: "short" });
}

function callRow(call) {
  const code = call.errcode ?? `HTTP ${call.status || "—"}`;
  const good = code === 0 || (call.errcode === null && call.status < REFUSED);
  const details = JSON.stringify({ query: call.query, request: call.request, response: call.response, fault: call.fault || undefined }, null, 2);
  return opening([clock(call.at), h("td", { class: "mono" }, `${call.method} ${call.path}`),
    h("td", { class: good ? "good mono" : "bad mono" }, String(code)), `${call.milliseconds} ms`], details);
}

function callbackRow(callback) {
  const tries = callback.attempts.map((one) => `${clock(one.at)} ${one.fault} ${one.status ?? ""} ${one.error || one.answer}`.trim());
  const mark = { delivered: "good", failed: "bad", waiting: "" }[callback.state];
  return opening([clock(callback.at), h("td", { class: "mono" }, callback.change_type || callback.event),
    h("td", { class: mark }, t(`state_${callback.state}`)), String(callback.attempts.length)], [callback.xml, ...tries].join("\n"));
}
