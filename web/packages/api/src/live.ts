/** What just happened, as the server tells it at once. An event names things and tells nothing of them: whoever wants to know asks. */
export interface LiveEvent {
  /** `look`: something may have been missed, ask for everything. `signed_out`: the session is over. */
  name: "notice" | "notice_read" | "job" | "timeline" | "tracking_seen" | "wecom_mass" | "wecom_moment" | "look" | "signed_out";
  data: Record<string, unknown>;
}

const NAMES: LiveEvent["name"][] = ["notice", "notice_read", "job", "timeline", "tracking_seen", "wecom_mass", "wecom_moment", "look", "signed_out"];
const ADDRESS = "/api/notices/stream";
const TRY_AGAIN = 60_000;

type Listener = (event: LiveEvent) => void;

const listeners = new Set<Listener>();
let stop: (() => void) | undefined;

/** Hear live events until the answer is called. While anybody listens, one tab of this browser holds one stream for all tabs. */
export function listenLive(listener: Listener): () => void {
  listeners.add(listener);
  stop ??= start();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stop?.();
      stop = undefined;
    }
  };
}

function spread(event: LiveEvent): void {
  for (const listener of [...listeners]) listener(event);
}

function start(): () => void {
  if (typeof EventSource === "undefined") return () => undefined;
  const leaving = new AbortController();
  const channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("cove-live");
  channel?.addEventListener("message", (message: MessageEvent<LiveEvent>) => { spread(message.data); });
  const tell = (event: LiveEvent) => {
    spread(event);
    channel?.postMessage(event);
  };
  const hold = () => new Promise<void>((done) => {
    const close = open(tell);
    leaving.signal.addEventListener("abort", () => { close(); done(); });
  });
  // Browsers open six connections to a server over HTTP/1.1; a stream in each tab would use them up. Locks exist on https and localhost.
  if (channel && "locks" in navigator) {
    void navigator.locks.request("cove-live", { signal: leaving.signal }, hold).catch(() => undefined);
  } else {
    void hold();
  }
  return () => {
    leaving.abort();
    channel?.close();
  };
}

function open(tell: Listener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source = new EventSource(ADDRESS);
    // Whatever happened before somebody listened was not heard.
    source.addEventListener("open", () => { tell({ name: "look", data: {} }); }, { once: true });
    for (const name of NAMES) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        tell({ name, data: JSON.parse(event.data) as Record<string, unknown> });
      });
    }
    source.addEventListener("error", () => {
      // It comes back by itself, unless the server refused: then ask for news now and then.
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(() => { tell({ name: "look", data: {} }); connect(); }, TRY_AGAIN);
    });
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
