import { vi } from "vitest";

import type { Answer, Port } from "../src/core/port";
import type { CoveEvent } from "../src/core/types";

export interface Body {
  write_key: string;
  sent_at: string;
  context: Record<string, unknown>;
  batch: CoveEvent[];
}

/** A device whose storage and network are at hand. `answers` are given in turn, then 200; "away" means that nobody answers. */
export class Device implements Port {
  stored = new Map<string, string>();
  bodies: Body[] = [];
  answers: (Partial<Answer> | "away")[] = [];
  isFull = false;
  url = "https://www.shop.test/";

  read = (name: string) => this.stored.get(name) ?? null;
  write = (name: string, value: string | null) => {
    if (this.isFull) return false;
    if (value === null) this.stored.delete(name);
    else this.stored.set(name, value);
    return true;
  };
  names = (beginning: string) => [...this.stored.keys()].filter((name) => name.startsWith(beginning));
  post = (text: string): Promise<Answer> => {
    this.bodies.push(JSON.parse(text) as Body);
    const answer = this.answers.shift() ?? {};
    return answer === "away" ? Promise.reject(new Error("away")) : Promise.resolve({ status: 200, retryAfter: 0, text: "", ...answer });
  };
  context = () => ({ library: "test/1" });
  place = () => ({ url: this.url, title: "Shop" });
  random = (count: number) => crypto.getRandomValues(new Uint8Array(count));

  /** All events of the bodies that were sent, in order. */
  get sent(): CoveEvent[] {
    return this.bodies.flatMap(({ batch }) => batch);
  }

  /** What is stored of the queues. */
  get queued(): CoveEvent[] {
    return this.names("cove_q_").flatMap((name) => JSON.parse(this.stored.get(name) ?? "[]") as CoveEvent[]);
  }
}

/** Lets `milliseconds` pass, and everything that waits for them. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}
