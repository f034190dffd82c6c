/** What the platform must do for the SDK: a browser or a mini-program. Nothing here throws except `post`. */
export interface Port {
  /** Small things that outlive the page. What cannot be stored is forgotten with it. */
  read(name: string): string | null;
  /** `null` takes it away. Tells whether it is stored. */
  write(name: string, value: string | null): boolean;
  /** Names of all that is stored under this beginning. */
  names(beginning: string): string[];
  /** Sends; rejects when nobody answered. */
  post(body: string): Promise<Answer>;
  /** Facts of the device, for each batch. */
  context(): Record<string, unknown>;
  /** Where he is now. */
  place(): { url: string; title: string };
  /** Bytes by chance. */
  random(count: number): ArrayLike<number>;
}

export interface Answer {
  status: number;
  /** Seconds, as the header Retry-After says; 0 without one. */
  retryAfter: number;
  text: string;
}
