/** How long the open page was visible, and how far down it was seen. */
export interface Attention {
  /** Another page begins. */
  restart(): void;
  resume(): void;
  /** Whole seconds since this was asked last, hidden times left out, and the depth in percent. The clock stands still until `resume`. */
  take(): { seconds: number; depth: number };
}

/** Seconds; the collector believes no more. */
const A_DAY = 86_400;

export function watchAttention(): Attention {
  let seen = 0;
  let since: number | undefined;
  let deepest = 0;

  /** A box inside the page counts when the page itself does not scroll. */
  const look = (target: EventTarget | null) => {
    const root = document.scrollingElement ?? document.documentElement;
    const scrolls = root.scrollHeight > root.clientHeight + 1;
    const box = target instanceof Element ? target : root;
    if (box === root ? !scrolls && deepest : scrolls || box.clientHeight < innerHeight / 2) return;
    deepest = Math.max(deepest, Math.min(100, Math.round(((box.scrollTop + box.clientHeight) / box.scrollHeight) * 100) || 0));
  };
  addEventListener("scroll", (event) => {
    look(event.target);
  }, { capture: true, passive: true });

  const resume = () => {
    since = document.hidden ? undefined : performance.now();
  };
  return {
    restart() {
      seen = deepest = 0;
      resume();
    },
    resume,
    take() {
      if (since !== undefined) seen += performance.now() - since;
      since = undefined;
      look(document);
      const seconds = Math.round(seen / 1000);
      seen -= seconds * 1000;
      return { seconds: Math.min(seconds, A_DAY), depth: deepest };
    },
  };
}
