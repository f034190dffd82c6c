/**
 * Pages: opened, also inside a single-page app, and left.
 *
 * `$leave` is told when the page is left and each time it is hidden, because a phone may end a hidden page without a word (WeChat
 * does). Each tells only the seconds since the one before: their sum is the time that the page was visible.
 */
import type { Client } from "../core/client";
import type { Properties } from "../core/types";
import { watchAttention } from "./attention";

/** A route's title is set a little after its address. */
const TITLE_AFTER = 300;
const UTM = ["source", "medium", "campaign", "content", "term"].map((word) => `utm_${word}`);

/** The page that is open is told at once. */
export function watchPages({ emit, sign, queue }: Client, beacon: (body: string) => boolean): void {
  const attention = watchAttention();
  let shown = "";
  let where: Properties = {};
  let from = document.referrer;
  let at = "";
  let pending: ReturnType<typeof setTimeout> | undefined;
  let isTold = false;
  let isGone = false;

  const view = () => {
    clearTimeout(pending);
    pending = undefined;
    isTold = false;
    where = { url: location.href.slice(0, 2000), title: document.title.slice(0, 500) };
    emit("page", { ...where, ...campaign(), referrer: from.slice(0, 2000), timestamp: at });
    from = shown;
  };

  const arrive = () => {
    shown = pageOf(location.href);
    at = new Date().toISOString();
    attention.restart();
  };

  const leave = () => {
    if (pending) view();
    const { seconds, depth } = attention.take();
    if (isTold && !seconds) return;
    sign("$leave", { seconds, depth }, where);
    isTold = true;
  };

  const move = () => {
    if (pageOf(location.href) === shown) return;
    // A route that sends on at once was not seen.
    if (pending) clearTimeout(pending);
    else leave();
    arrive();
    pending = setTimeout(view, TITLE_AFTER);
  };

  for (const name of ["pushState", "replaceState"] as const) {
    const real = history[name].bind(history);
    history[name] = (...state: Parameters<History["pushState"]>) => {
      real(...state);
      move();
    };
  }
  addEventListener("popstate", move);
  addEventListener("hashchange", move);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) attention.resume();
    else {
      leave();
      if (!isGone) void queue.flush();
    }
  });
  addEventListener("pagehide", () => {
    isGone = true;
    leave();
    queue.leave(beacon);
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    isGone = false;
    arrive();
    view();
  });
  arrive();
  view();
}

/** The address as far as it names a page: without its anchor, unless the anchor is a route. */
function pageOf(address: string): string {
  return /#[!/]/.test(address) ? address : address.replace(/#.*/, "");
}

/** The campaign, also where it stands behind the anchor (`/#/pricing?utm_source=…`) or far back in a long address. */
function campaign(): Properties {
  const query = new URLSearchParams(`${location.search}&${location.hash.split("?")[1] ?? ""}`);
  const found: Properties = {};
  for (const name of UTM) if (query.get(name)) found[name] = query.get(name)?.slice(0, 200);
  return found;
}
