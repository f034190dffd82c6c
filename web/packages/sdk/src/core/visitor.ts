/** Who is at this device, and which visit of his this is. */
import type { Port } from "./port";
import { uuid } from "./uuid";

const IDLE = 30 * 60_000;
const LONGEST_VISIT = 24 * 3_600_000;
const NAMES = ["cove_anonymous_id", "cove_session", "cove_user"];

/** Who signed in: the fields that each of his events has, and what was told of him last. */
export interface Who {
  user_id?: string | undefined;
  signature?: string | undefined;
  account?: string | undefined;
  identify?: string | undefined;
  group?: string | undefined;
}

export interface Visitor {
  anonymousId(): string;
  /** The visit: it ends after 30 minutes without an event, and after a day. To be asked for each event. */
  session(): string;
  who(): Who;
  become(change: Who): void;
  forget(): void;
  /** Stores what was only kept in mind; what was stored before stays. */
  store(): void;
}

/** While `isHeld` says so nothing is read or stored, only kept in mind. */
export function createVisitor(port: Port, isHeld: () => boolean): Visitor {
  const memory: Record<string, string | null> = {};
  const read = (name: string) => (isHeld() ? null : port.read(name)) ?? memory[name] ?? null;
  const write = (name: string, value: string | null) => {
    memory[name] = !isHeld() && port.write(name, value) ? null : value;
  };
  const who = () => JSON.parse(read("cove_user") ?? "{}") as Who;

  return {
    anonymousId() {
      const known = read("cove_anonymous_id");
      const id = known ?? uuid(port.random);
      if (!known) write("cove_anonymous_id", id);
      return id;
    },
    session() {
      const now = Date.now();
      const [id, start, last] = (read("cove_session") ?? "").split(",");
      const goesOn = id && now - Number(last) < IDLE && now - Number(start) < LONGEST_VISIT;
      const current = goesOn ? id : uuid(port.random);
      write("cove_session", `${current},${goesOn ? start : now},${now}`);
      return current;
    },
    who,
    become(change) {
      write("cove_user", JSON.stringify({ ...who(), ...change }));
    },
    forget() {
      // Also while nothing may be stored: what was is the one before's.
      NAMES.forEach((name) => {
        memory[name] = null;
        port.write(name, null);
      });
    },
    store() {
      NAMES.forEach((name) => {
        write(name, read(name));
      });
    },
  };
}
