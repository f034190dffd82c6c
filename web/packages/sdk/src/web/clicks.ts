/** Clicks on chosen elements, downloads, links to elsewhere, and forms. What is written into fields is never looked at. */
import type { Client } from "../core/client";
import type { Options } from "./types";

const FILES = /\.(pdf|docx?|xlsx?|pptx?|csv|txt|rtf|zip|rar|7z|gz|tar|apk|ipa|dmg|exe|msi|pkg|mp3|mp4|mov|avi|epub)$/i;
const IGNORED = "[data-cove-ignore]";
/** Numbers of cards, telephones and identity cards. */
const LONG_NUMBER = /\d(?:[ -]?\d){6,}/g;

export function watchClicks({ sign, cove }: Client, options: Options): void {
  const chosen = ["[data-cove]", options.clicks].filter(Boolean).join();

  const onClick = (event: MouseEvent) => {
    const target = event.target;
    if (!(target instanceof Element) || event.button > 1 || target.closest(IGNORED)) return;
    const link = linkAround(target);
    const href = link?.href.slice(0, 2000);
    const element = event.type === "click" && target.closest(chosen);
    if (element && !(element instanceof HTMLFormElement)) {
      sign("$click", { text: textOf(element), element: nameOf(element), href });
    }
    if (!link || !/^https?:/.test(link.protocol)) return;
    if (link.hasAttribute("download") || FILES.test(link.pathname)) sign("$download", { text: textOf(link) || fileOf(link), href });
    else if (link.host !== location.host) sign("$outbound", { text: textOf(link) || link.host, href });
  };

  /** A link to one of our codes or links carries the visitor's id, so that both sites know him as one. */
  const decorate = ({ target }: Event) => {
    const link = target instanceof Element && linkAround(target);
    if (!link || link.origin !== options.host || !/^\/[cl]\//.test(link.pathname) || !cove.anonymousId()) return;
    const url = new URL(link.href);
    url.searchParams.set("cv", cove.anonymousId());
    link.href = url.href;
  };

  const quiet = { capture: true, passive: true };
  // Before the browser follows it, also by keyboard, by a long press, or into another tab.
  for (const kind of ["mousedown", "touchstart", "keydown", "click"]) document.addEventListener(kind, decorate, quiet);
  document.addEventListener("click", onClick, quiet);
  document.addEventListener("auxclick", onClick, quiet);
  document.addEventListener("submit", ({ target }) => {
    const form = target as HTMLFormElement;
    if (!form.closest(IGNORED)) sign("$form_submit", { form: nameOf(form) });
  }, quiet);
}

/** Links inside drawings (SVG) have the same name and no address of their own. */
function linkAround(target: Element): HTMLAnchorElement | undefined {
  const link = target.closest("a[href]");
  return link instanceof HTMLAnchorElement ? link : undefined;
}

function textOf(element: Element): string {
  const text = element instanceof HTMLElement ? element.innerText : element.textContent;
  const said = text || element.getAttribute("aria-label") || element.getAttribute("title") || element.querySelector("img")?.alt;
  return (said ?? "").trim().replace(/\s+/g, " ").replace(LONG_NUMBER, "***").slice(0, 100);
}

/** The name that the page's author gave it, else how it would be found. */
function nameOf(element: Element): string {
  const given = ["data-cove", "id", "name", "aria-label"].map((name) => element.getAttribute(name)).find(Boolean);
  const found = [element.localName, ...element.classList].join(".");
  return (given ?? element.getAttribute("action") ?? found).slice(0, 100);
}

function fileOf({ pathname }: HTMLAnchorElement): string {
  return pathname.slice(pathname.lastIndexOf("/") + 1);
}
