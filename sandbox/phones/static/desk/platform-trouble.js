// Ordered misbehaviour, tokens, and the platform's clock.
import { h } from "../phones/dom.js";
import { locale, t } from "./platform-texts.js";

// Each kind with the name and the first value of its parameter.
const KINDS = {
  call: { errcode: ["errcode", 45009], delay: ["seconds", 5], http: ["status", 500], drop: null },
  callback: {
    duplicate: ["count", 10], late: ["seconds", 30], reorder: null, forge: null,
    truncate: null, wrong_corp: null, oversize: null, lose: null,
  },
};
const PATTERNS = { call: "/cgi-bin/externalcontact/*", callback: "*" };

export async function troublePanel(ask) {
  const said = h("span", { role: "status" });
  return h("section", { class: "panel" },
    h("h2", {}, t("trouble")),
    h("p", { class: "hint" }, t("trouble_hint")),
    await faultForm(ask),
    h("h3", {}, t("clock")),
    h("div", { class: "tools" }, await clockForm(ask), expireButton(ask, said), said));
}

async function faultForm(ask) {
  const target = h("select", { "aria-label": t("pattern") }, h("option", { value: "call" }, t("of_calls")), h("option", { value: "callback" }, t("of_callbacks")));
  const kind = h("select");
  const value = h("input", { class: "short", type: "number" });
  const pattern = h("input", { class: "mono", "aria-label": t("pattern") });
  const times = h("input", { class: "short", type: "number", min: 1, value: 1, "aria-label": t("times") });
  const count = h("span", {});
  const parameter = () => KINDS[target.value][kind.value];
  const choose = () => {
    value.hidden = !parameter();
    value.value = parameter()?.[1] ?? "";
  };
  const fill = () => {
    kind.replaceChildren(...Object.keys(KINDS[target.value]).map((name) => h("option", { value: name }, t(`kind_${name}`))));
    pattern.value = PATTERNS[target.value];
    choose();
  };
  const look = async () => { count.textContent = t("arranged", { n: (await ask("GET", "/faults")).items.length }); };
  const order = async (event) => {
    event.preventDefault();
    const body = { target: target.value, kind: kind.value, pattern: pattern.value, times: Number(times.value) };
    if (parameter()) body[parameter()[0]] = Number(value.value);
    await ask("POST", "/faults", body);
    await look();
  };
  const clear = async () => {
    await ask("DELETE", "/faults");
    await look();
  };
  target.addEventListener("change", fill);
  kind.addEventListener("change", choose);
  fill();
  await look();
  return h("form", { class: "tools", onsubmit: order }, target, kind, value,
    h("label", { style: "flex:1;min-width:220px" }, pattern), h("label", {}, "×", times),
    h("button", { class: "main" }, t("order")), h("button", { type: "button", onclick: clear }, t("clear")), count);
}

async function clockForm(ask) {
  const input = h("input", { class: "short", type: "number", step: 1 });
  const now = h("span", { class: "mono" });
  const show = (clock) => {
    input.value = clock.offset_seconds;
    now.textContent = new Date(clock.now * 1000).toLocaleString(locale);
  };
  const set = async (event) => {
    event.preventDefault();
    show(await ask("POST", "/clock", { offset_seconds: Number(input.value) }));
  };
  show(await ask("GET", "/clock"));
  return h("form", { class: "tools", onsubmit: set }, now, h("label", {}, t("ahead"), input), h("button", {}, t("save")));
}

function expireButton(ask, said) {
  const expire = async () => { said.textContent = t("expired", { n: (await ask("POST", "/tokens/expire", {})).expired }); };
  return h("button", { onclick: expire }, t("expire"));
}
