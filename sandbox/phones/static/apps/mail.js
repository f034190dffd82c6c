// Mail: the inbox, and one mail with the ways to be rid of more.
import { h, svg } from "../phones/dom.js";
import { ask as question, sheet } from "../phones/layers.js";
import { when } from "../phones/texts.js";
import { ask } from "../work/api.js";
import { glyphs } from "./icons.js";
import { accountButton, appScreen, senderName } from "./parts.js";
import { t } from "./texts.js";

// Only pictures and inline styles: no program of a mail ever runs, whatever the browser thinks of the frame around it.
const POLICY = "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'; font-src data:";

export function mailScreen(board) {
  const list = h("div", { class: "app-body" });
  const update = () => {
    const { mails } = board.state;
    list.replaceChildren(...(mails.length ? mails.map((mail) => row(board, mail))
      : [h("div", { class: "nothing" }, t("mail.none"), h("small", {}, t("mail.none_why", board.state)))]));
  };
  update();
  const words = { name: "email", kind: "email", title: t("mail.address"), known: t("mail.known") };
  return { element: appScreen(board, t("mail.inbox"), accountButton(board, words), list), update };
}

function row(board, mail) {
  return h("button", { class: mail.read ? "mail" : "mail fresh", "data-mail": mail.id, onclick: () => board.push(messageScreen(board, mail.id)) },
    h("span", { class: "mail-head" }, h("b", {}, senderName(mail.sender)), h("time", {}, when(mail.at, board.state.now))),
    h("span", { class: "mail-subject" }, mail.spam ? h("i", {}, t("mail.is_spam")) : null, mail.subject),
    h("span", { class: "mail-words" }, mail.words.replace(/\s+/g, " ")));
}

export function messageScreen(board, id) {
  const body = h("div", { class: "app-body letter" });
  const more = h("button", { "aria-label": t("mail.more"), hidden: true }, svg(glyphs.more));
  const look = async () => {
    const mail = await ask("GET", `/mails/${id}`);
    more.hidden = !mail.source;
    more.onclick = () => choices(board, mail, look);
    body.replaceChildren(...parts(board, mail, look));
    await board.refresh();
  };
  look().catch((error) => board.fail(error));
  return { element: appScreen(board, "", more, body) };
}

function parts(board, mail, look) {
  const spam = mail.marks.includes("spam");
  const left = mail.marks.includes("left");
  return [
    h("h2", {}, mail.subject),
    h("div", { class: "letter-head" },
      h("span", { class: "letter-face" }, senderName(mail.sender).slice(0, 1).toUpperCase()),
      h("div", {}, h("b", {}, senderName(mail.sender)), h("small", {}, `${t("mail.to")} ${mail.address}`)),
      h("time", {}, when(mail.at, board.state.now))),
    h("div", { class: "letter-facts" },
      mail.dkim === "pass" || mail.dkim === "fail" ? h("span", { class: mail.dkim }, t(`mail.${mail.dkim}`, mail)) : null,
      spam ? h("span", { class: "fail" }, t("mail.is_spam")) : null,
      mail.leave ? h("button", { disabled: left, onclick: () => leave(board, mail, look) }, t(left ? "mail.left" : "mail.leave")) : null),
    mail.html ? page(board, mail) : h("p", { class: "letter-text" }, linked(board, mail.text)),
  ];
}

/** The mail's own page: no programs, no forms, no way out but by the phone. */
function page(board, mail) {
  const frame = h("iframe", { title: t("mail.page"), sandbox: "allow-same-origin",
    srcdoc: `<base target="_blank"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width"><style>body{margin:16px;font-family:sans-serif;overflow-wrap:anywhere}</style>${mail.html}` });
  const fit = () => { frame.style.height = `${Math.max(240, frame.contentDocument?.documentElement.scrollHeight ?? 0)}px`; };
  frame.addEventListener("load", fit);
  // Before it is painted: "load" waits for the last picture, and links are pressed before that.
  const attend = () => {
    if (!frame.isConnected) return;
    const inside = frame.contentDocument;
    if (inside?.URL !== "about:srcdoc") {
      requestAnimationFrame(attend);
      return;
    }
    inside.addEventListener("click", (event) => followed(board, event));
    inside.addEventListener("DOMContentLoaded", fit);
  };
  requestAnimationFrame(attend);
  return frame;
}

function followed(board, event) {
  const link = event.target.closest?.("a, area");
  if (!link) return;
  event.preventDefault();
  if (/^https?:/.test(link.href)) board.follow(link.href);
}

function linked(board, text) {
  const pieces = text.split(/(https?:\/\/[^\s<>"'，。；）)]+)/);
  return pieces.map((piece, index) => (index % 2
    ? h("a", { href: piece, onclick: (event) => { event.preventDefault(); board.follow(piece); } }, piece) : piece));
}

function leave(board, mail, look) {
  question(board.phone.glass, { title: t("mail.leave"), text: t("mail.leave_why"), yes: t("mail.leave"),
    run: async () => {
      if (!(await board.act(() => ask("POST", `/mails/${mail.id}/leave`)))) return;
      board.toast(t("mail.left"));
      await look();
    } });
}

function choices(board, mail, look) {
  const report = () => question(board.phone.glass, { title: t("mail.spam"), text: t("mail.spam_why"), yes: t("mail.spam_sure"), danger: true,
    run: async () => { if (await board.act(() => ask("POST", `/mails/${mail.id}/complain`))) await look(); } });
  sheet(board.phone.glass, [
    { label: t("mail.spam"), danger: true, run: report },
    { label: t("mail.source"), run: () => window.open(`/sandbox/api/mails/${mail.id}/source`, "_blank", "noreferrer") }]);
}
