import { createClient } from "../core/client";
import { watchClicks } from "./clicks";
import { watchPages } from "./pages";
import { browserPort, isOpposed } from "./port";
import type { Call, Options, WebCove } from "./types";

/** Starts measuring this page and returns what it may tell. `calls` are made before the first page is told. */
export function start(given: Options, calls: Call[]): WebCove {
  const options = { ...given, host: new URL(given.host).origin };
  const client = createClient(browserPort(options), options, !options.ignoreDoNotTrack && isOpposed());
  const push = (...more: Call[]) => {
    // What is no word of ours is passed over: a slip in one call must not stop the rest.
    for (const [name, ...rest] of more) (client.cove[name] as ((...rest: unknown[]) => unknown) | undefined)?.(...rest);
  };
  push(...calls);
  addEventListener("online", client.queue.wake);
  const watch = () => {
    watchPages(client, (body) => navigator.sendBeacon(`${options.host}/collect/batch`, body));
    watchClicks(client, options);
  };
  const begin = () => {
    // A page that the browser prepares in advance may never be seen.
    if ((document as Document & { prerendering?: boolean }).prerendering) document.addEventListener("prerenderingchange", watch, { once: true });
    else watch();
  };
  if (options.autocapture !== false) client.whenOn(begin);
  return { ...client.cove, push };
}
