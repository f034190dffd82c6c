/** The script of the snippet: `<script async src="…/collect/cove.js" data-key="wk_…"></script>`. */
import { start } from "./web/start";
import type { Call, WebCove } from "./web/types";

declare global {
  interface Window {
    cove?: Call[] | WebCove;
  }
}

const script = document.currentScript as HTMLScriptElement | null;
const { key, host, consent, autocapture, clicks, domain, dnt, debug } = script?.dataset ?? {};
const waiting = window.cove ?? [];

if (script && key && Array.isArray(waiting)) {
  window.cove = start({
    writeKey: key,
    host: host ?? script.src,
    consent: consent === "ask" ? consent : undefined,
    autocapture: autocapture !== "off",
    clicks,
    domain,
    ignoreDoNotTrack: dnt === "ignore",
    debug: debug !== undefined,
  }, waiting);
}
