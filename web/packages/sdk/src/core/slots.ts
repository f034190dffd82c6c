/** Events in storage. Every page writes to a slot of its own, so that two tabs never write over each other. */
import type { Port } from "./port";
import type { CoveEvent } from "./types";
import { uuid } from "./uuid";

export interface Slots {
  save(events: CoveEvent[]): void;
  /** What pages before this one left, oldest page first as storage gives them; `kept` is called before it is taken from them. */
  adopt(kept: (left: CoveEvent[]) => void): void;
  clear(): void;
}

/** `beginning` is how the names of all slots begin. */
export function createSlots(port: Port, beginning: string): Slots {
  const own = beginning + uuid(port.random);
  return {
    save(events) {
      port.write(own, events.length ? JSON.stringify(events) : null);
    },
    adopt(kept) {
      const others = port.names(beginning).filter((name) => name !== own);
      kept(others.reduce<CoveEvent[]>((all, name) => all.concat(parsed(port.read(name))), []));
      others.forEach((name) => port.write(name, null));
    },
    clear() {
      port.names(beginning).forEach((name) => port.write(name, null));
    },
  };
}

function parsed(text: string | null): CoveEvent[] {
  try {
    return JSON.parse(text ?? "[]") as CoveEvent[];
  } catch {
    return [];
  }
}
