/**
 * Events on their way. Each is kept, in memory and in storage, until the collector has said that it has it; what is sent twice
 * for that reason has the same message id and is taken once. A page that opens takes over what others left.
 */
import type { Answer, Port } from "./port";
import { createSlots } from "./slots";
import type { CoveEvent } from "./types";

/** The collector takes 500 in a batch. */
const MOST_IN_BATCH = 100;
/** Bytes: what browsers let a page send while it is being left. */
const LARGEST_BODY = 60_000;
/** Bytes; the collector takes none that is larger. */
const LARGEST_EVENT = 32_768;
const MOST_KEPT = 1000;
const OLDEST_KEPT = 30 * 86_400_000;
/** So many do not wait for others. */
const AT_ONCE = 20;
const SOON = 1000;
const LONGEST_WAIT = 300_000;
/** Nobody answered. */
const NOBODY: Answer = { status: 0, retryAfter: 0, text: "" };

export interface Queue {
  add(event: CoveEvent): void;
  /** Sends all that may be sent; settles when the collector has answered or could not be reached. */
  flush(): Promise<void>;
  /** Sends what is not on its way yet by `beacon`, which tells whether it took it. Nobody answers, so all is kept. */
  leave(beacon: (body: string) => boolean): void;
  /** The network is back. */
  wake(): void;
  /** It may be stored and sent now; `complete` sees each event that waited. */
  open(complete: (event: CoveEvent) => void): void;
  /** Forgets all, here and in storage, and sends nothing until it is opened. */
  close(): void;
}

export interface Hooks {
  /** Makes the body of a batch. */
  frame(events: CoveEvent[]): string;
  /** Hears each answer. */
  answered(answer: Answer): void;
}

export function createQueue(port: Port, beginning: string, { frame, answered }: Hooks): Queue {
  const slots = createSlots(port, beginning);
  let events: CoveEvent[] = [];
  let onTheirWay: CoveEvent[] = [];
  let sending: Promise<void> | undefined;
  let isOpen = false;
  let most = MOST_IN_BATCH;
  let failures = 0;
  /** After a failure; `told`: the collector said how long. */
  let waiting = false;
  let told = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (kept: CoveEvent[]) => {
    events = kept.slice(-MOST_KEPT);
    if (isOpen) slots.save(events);
  };

  const wake = () => {
    clearTimeout(timer);
    timer = undefined;
    waiting = false;
    void flush();
  };

  const settle = ({ status, retryAfter }: Answer) => {
    const count = onTheirWay.length;
    if (status === 413 && count > 1) most = Math.ceil(count / 2);
    else if (!status || status === 429 || status >= 500) {
      waiting = true;
      told = retryAfter > 0;
      clearTimeout(timer);
      timer = setTimeout(wake, Math.max(retryAfter * 1000, pauseAfter(failures++)));
    } else {
      // Taken, or refused for good.
      failures = 0;
      keep(events.filter((event) => !onTheirWay.includes(event)));
    }
  };

  const send = async () => {
    while (isOpen && !waiting && events.length) {
      onTheirWay = head(events, most);
      const answer = await port.post(frame(onTheirWay)).catch(() => NOBODY);
      answered(answer);
      settle(answer);
      onTheirWay = [];
    }
  };

  const flush = () => (sending ??= send().finally(() => (sending = undefined)));

  return {
    add(event) {
      if (bytesOf(event) > LARGEST_EVENT) {
        answered({ ...NOBODY, status: 413, text: event.message_id });
        return;
      }
      keep([...events, event]);
      timer ??= setTimeout(wake, SOON);
      if (events.length >= AT_ONCE) void flush();
    },
    flush,
    leave(beacon) {
      let rest = isOpen && !waiting ? events.filter((event) => !onTheirWay.includes(event)) : [];
      while (rest.length && beacon(frame(head(rest, most)))) rest = rest.slice(head(rest, most).length);
    },
    wake() {
      if (!told) wake();
    },
    open(complete) {
      isOpen = true;
      events.forEach(complete);
      const oldest = Date.now() - OLDEST_KEPT;
      slots.adopt((left) => {
        keep(left.filter(({ timestamp }) => Date.parse(timestamp) > oldest).concat(events));
      });
      if (events.length) timer ??= setTimeout(wake, SOON);
    },
    close() {
      events = [];
      isOpen = false;
      slots.clear();
    },
  };
}

/** Milliseconds: twice as long after each failure, and never all devices at once. */
function pauseAfter(failures: number): number {
  return (Math.min(SOON * 2 ** failures, LONGEST_WAIT) * (1 + Math.random())) / 2;
}

/** As many from the front as one request may carry. */
function head(events: CoveEvent[], most: number): CoveEvent[] {
  let size = 0;
  const end = events.findIndex((event) => (size += bytesOf(event)) > LARGEST_BODY);
  // At least one: what an earlier page stored may be larger than what is taken today.
  return events.slice(0, Math.max(1, Math.min(most, end < 0 ? events.length : end)));
}

/** At most so many bytes in UTF-8. */
function bytesOf(event: CoveEvent): number {
  // eslint-disable-next-line no-control-regex -- the ASCII ones are meant
  return JSON.stringify(event).replace(/[^\x00-\x7f]/g, "...").length + 1;
}
