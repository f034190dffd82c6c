// A phone's first screen with its applications. It lies over whatever WeChat or WeCom shows, and goes when one is opened.
import { h, svg } from "../phones/dom.js";
import { banner, toast } from "../phones/layers.js";
import { inOrder } from "../phones/order.js";
import { language } from "../phones/texts.js";
import { ask } from "../work/api.js";
import { signs } from "./icons.js";
import { mailScreen, messageScreen } from "./mail.js";
import { senderName } from "./parts.js";
import { textsScreen, threadScreen } from "./sms.js";
import { reason, t } from "./texts.js";

const PAUSE_MS = 200;

export class Springboard {
  /** phone: any phone; owner: p7 or corp/userid. The line at the bottom of the phone becomes the way here. */
  constructor(phone, owner) {
    this.phone = phone;
    this.owner = owner;
    this.state = null;
    this.stack = [];
    this.latest = inOrder();
    this.line = h("button", { class: "home-line", "aria-label": t("home"), onclick: () => this.home() });
    phone.glass.querySelector(".home-line").replaceWith(this.line);
    this.ready = this.refresh();
    this.ready.catch(() => undefined);
  }

  call(method, path, body) {
    return ask(method, `${path}${path.includes("?") ? "&" : "?"}owner=${encodeURIComponent(this.owner)}`, body);
  }

  /** Look what came. */
  async refresh() {
    const before = this.state;
    const state = await this.latest(this.call("GET", "/inbox"));
    if (!state) return;
    this.state = state;
    this.layer?.querySelector(".apps")?.replaceWith(this.apps());
    for (const screen of this.stack) screen.update?.();
    if (before) this.announce(before);
  }

  /** Something came somewhere: look soon, once for many. */
  soon() {
    this.looking ??= setTimeout(() => {
      this.looking = null;
      this.refresh().catch((error) => this.fail(error));
    }, PAUSE_MS);
  }

  announce(before) {
    const last = Math.max(0, ...before.mails.map((mail) => mail.id));
    const mail = this.state.mails.find((one) => one.id > last && !one.read);
    if (mail && before.email === this.state.email) {
      banner(this.phone.glass, { name: senderName(mail.sender), avatar: sign("mail") }, mail.subject, () => this.openMail(mail.id));
    }
    const newest = (state) => Math.max(0, ...state.texts.flatMap((thread) => thread.messages.filter((one) => one.way === "got").map((one) => one.id)));
    const known = newest(before);
    const thread = this.state.texts.find((one) => one.messages.some((text) => text.way === "got" && text.id > known));
    if (thread && before.mobile === this.state.mobile) {
      banner(this.phone.glass, { name: thread.signature, avatar: sign("texts") }, thread.messages.at(-1).text, () => this.openTexts(thread.signature));
    }
  }

  /** Show the applications. */
  home() {
    if (this.layer && !this.stack.length) return this.leave();
    for (const screen of this.stack.splice(0)) screen.element.remove();
    if (!this.layer) {
      this.layer = h("section", { class: "springboard" }, this.clock(), this.apps());
      this.phone.glass.append(this.layer);
      this.light(true);
    } else this.light(true);
    this.refresh().catch((error) => this.fail(error));
    return undefined;
  }

  /** Back to WeChat or WeCom. */
  leave() {
    this.stack = [];
    this.layer?.remove();
    this.layer = null;
    this.phone.dim();
  }

  light(dark) {
    this.phone.glass.classList.toggle("dark", dark);
  }

  clock() {
    const now = new Date(Date.now() + this.phone.ahead);
    return h("div", { class: "face" },
      h("time", {}, `${now.getHours()}:${String(now.getMinutes()).padStart(2, "0")}`),
      h("span", {}, now.toLocaleDateString(language === "en" ? "en" : "zh-CN", { month: "long", day: "numeric", weekday: "long" })));
  }

  apps() {
    const own = this.owner.includes("/") ? "wecom" : "wechat";
    const mails = this.state?.mails.filter((mail) => !mail.read && !mail.spam).length ?? 0;
    const texts = this.state?.texts.reduce((sum, thread) => sum + thread.unread, 0) ?? 0;
    const app = (name, count, run) => h("button", { "data-app": name, onclick: run },
      svg(signs[name]), count ? h("b", { class: "badge" }, count > 99 ? "99+" : count) : null, h("span", {}, t(`app.${name}`)));
    return h("div", { class: "apps" },
      app(own, 0, () => this.leave()),
      app("mail", mails, () => this.push(mailScreen(this))),
      app("texts", texts, () => this.push(textsScreen(this))));
  }

  push(screen) {
    this.stack.push(screen);
    this.layer.append(screen.element);
    this.light(false);
  }

  pop() {
    this.stack.pop()?.element.remove();
    if (!this.stack.length) this.light(true);
  }

  openMail(id) {
    this.show(mailScreen(this));
    this.push(messageScreen(this, id));
  }

  openTexts(signature) {
    this.show(textsScreen(this));
    this.push(threadScreen(this, signature));
  }

  show(screen) {
    if (!this.layer) this.home();
    for (const one of this.stack.splice(0)) one.element.remove();
    this.push(screen);
  }

  /** A link in a mail or a text: it opens in the phone's web view. */
  follow(url) {
    this.leave();
    this.phone.open({ url });
  }

  /** Do something, look again, say what went wrong. Answers whether it worked. */
  async act(run) {
    try {
      await run();
      await this.refresh();
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  toast(text) {
    toast(this.phone.glass, text);
  }

  fail(error) {
    this.toast(reason(error));
  }
}

const sign = (name) => `data:image/svg+xml,${encodeURIComponent(signs[name].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '))}`;
