// A template card: what it says, and the buttons that tell the application what the member chose.
import { h, svg } from "../phones/dom.js";
import { icons as shared } from "../phones/icons.js";
import { sheet } from "../phones/layers.js";
import { t } from "./texts.js";

const ASKING = new Set(["button_interaction", "vote_interaction", "multiple_interaction"]);

export function templateCard(phone, message) {
  const card = message.body;
  const answers = structuredClone(card.chosen ?? {});
  const open = (action) => (action?.url ? () => phone.open({ url: action.url }) : null);
  const press = (key) => async (event) => {
    event.currentTarget.disabled = true;
    if (await phone.act(() => phone.calls.press(message.id, key, answers))) phone.toast(t("card.sent"));
    else event.target.disabled = false;
  };
  return h("div", { class: "template" },
    head(phone, message, card),
    h(card.card_action?.url ? "button" : "div", { class: "template-main", onclick: open(card.card_action) },
      card.main_title ? h("div", {}, h("b", {}, card.main_title.title ?? ""), h("p", {}, card.main_title.desc ?? "")) : null,
      card.emphasis_content?.title ? h("div", { class: "emphasis" }, h("b", {}, card.emphasis_content.title), h("p", {}, card.emphasis_content.desc ?? "")) : null,
      card.card_image?.url ? h("img", { class: "template-image", src: card.card_image.url, alt: "" }) : null,
      card.quote_area?.quote_text ? h("blockquote", {}, card.quote_area.title ? h("b", {}, card.quote_area.title) : null, card.quote_area.quote_text) : null,
      card.sub_title_text ? h("p", { class: "sub" }, card.sub_title_text) : null,
      (card.vertical_content_list ?? []).map((one) => h("div", { class: "vertical" }, h("b", {}, one.title), h("p", {}, one.desc ?? "")))),
    (card.horizontal_content_list ?? []).map((one) => h("div", { class: "pair" }, h("span", {}, one.keyname),
      one.type === 1 ? h("a", { href: one.url, onclick: (event) => { event.preventDefault(); phone.open(one); } }, one.value ?? "") : h("span", {}, one.value ?? one.userid ?? ""))),
    questions(card, answers),
    (card.jump_list ?? []).map((one) => h("button", { class: "jump", onclick: open(one) }, one.title, svg(shared.chevron, "chevron"))),
    ASKING.has(card.card_type) ? buttons(card, press) : null);
}

function head(phone, message, card) {
  const menu = card.action_menu?.action_list ?? [];
  const choose = () => sheet(phone.glass, menu.map((one) => ({ label: one.text, run: () => phone.act(() => phone.calls.press(message.id, one.key, {})) })));
  if (!card.source?.desc && !menu.length) return null;
  const named = card.source?.icon_url || card.source?.desc;
  return h("div", { class: named ? "template-head" : "template-head bare" },
    card.source?.icon_url ? h("img", { src: card.source.icon_url, alt: "" }) : null,
    h("span", {}, card.source?.desc ?? ""),
    menu.length ? h("button", { "aria-label": card.action_menu.desc ?? t("chat.more"), onclick: choose }, svg(shared.more)) : null);
}

function questions(card, answers) {
  const over = Boolean(card.replaced || (card.pressed && card.card_type === "vote_interaction"));
  const one = (question, many) => {
    const options = question.option_list ?? [];
    answers[question.question_key] ??= options.filter((option) => option.is_checked || option.id === question.selected_id).map((option) => option.id);
    const name = `${question.question_key}-${card.task_id}`;
    const set = (option, on) => {
      const before = answers[question.question_key].filter((id) => id !== option.id);
      answers[question.question_key] = on ? (many ? [...before, option.id] : [option.id]) : before;
    };
    return h("fieldset", { disabled: over },
      question.title ? h("legend", {}, question.title) : null,
      options.map((option) => h("label", {},
        h("input", { type: many ? "checkbox" : "radio", name, checked: answers[question.question_key].includes(option.id), onchange: (event) => set(option, event.target.checked) }),
        option.text)));
  };
  return [
    card.checkbox ? one(card.checkbox, card.checkbox.mode === 1) : null,
    card.button_selection ? one(card.button_selection, false) : null,
    (card.select_list ?? []).map((question) => one(question, false)),
  ];
}

function buttons(card, press) {
  if (card.replaced) return h("div", { class: "template-buttons" }, h("button", { disabled: true }, card.replaced));
  const list = card.card_type === "button_interaction" ? card.button_list ?? [] : card.submit_button ? [{ ...card.submit_button, style: 1 }] : [];
  const done = card.pressed && card.card_type === "vote_interaction";
  return h("div", { class: "template-buttons" }, list.map((button) =>
    h("button", { class: `style${button.style ?? 1}${card.pressed === button.key ? " pressed" : ""}`, disabled: Boolean(done), onclick: button.type === 1 ? null : press(button.key) },
      done ? t("card.done") : button.text)));
}
