/** Words that whoever uses the SDK meets, on the web and in a mini-program alike. */

/** What an event may tell about itself: anything that JSON can say. Names beginning with "$" are Cove's own. */
export type Properties = Record<string, unknown>;

export type Consent = "granted" | "denied";

/** An event as it is sent; see docs/collector.md. */
export interface CoveEvent {
  type: "track" | "page" | "identify" | "group" | "alias";
  message_id: string;
  timestamp: string;
  /** Missing only while consent is awaited. */
  anonymous_id?: string;
  session_id: string;
  user_id?: string;
  signature?: string;
  account?: string;
  event?: string;
  context?: PlanNote | undefined;
  properties?: Properties;
  traits?: Properties;
  [field: string]: unknown;
}

/** Looks at an event before it is kept: returns it, changed or not, or nothing to leave it out. If it throws, the event is left out. */
export type BeforeSend = (event: CoveEvent) => CoveEvent | null | undefined;

export interface CommonOptions {
  /** Write key of the source (Settings → Sources); it may lie open in a page. */
  writeKey: string;
  /** Address of Cove, such as `https://cove.example.com`. */
  host: string;
  /** `"ask"`: nothing is stored or sent until `consent("granted")`. Without it the visitor is measured until `consent("denied")`. */
  consent?: "ask" | undefined;
  before?: BeforeSend | undefined;
  /** Warns in the browser's console of what the collector refused. */
  debug?: boolean | undefined;
}

export interface Proof {
  /**
   * HMAC-SHA256 with the source's signing secret, in hexadecimal digits, made by your server: of the user's id, or for `alias` of both
   * ids with a line feed between them.
   */
  signature?: string | undefined;
}

export interface PlanNote {
  /** Version of the tracking plan that a generated snippet was written by. */
  plan?: string | undefined;
}

export interface Cove {
  /** Something happened. */
  track(event: string, properties?: Properties, note?: PlanNote): void;
  /** A page was opened; single-page routes and ordinary pages are told by themselves unless that is switched off. */
  page(properties?: Properties): void;
  /** He signed in. What he does from now on is his, if `proof` or your server says so. */
  identify(userId: string, traits?: Properties, proof?: Proof): void;
  /** From now on he acts for this customer account. */
  group(accountId: string, traits?: Properties): void;
  /** `previousId` is another id of the user `userId`; without it, the id that he was identified by. */
  alias(userId: string, previousId?: string, proof?: Proof): void;
  /** He signed out: the next one at this device is somebody else. */
  reset(): void;
  /** What he answered when he was asked; remembered. `"denied"` forgets all that was stored and sends nothing any more. */
  consent(answer: Consent): void;
  before(look: BeforeSend): void;
  /** Sends what waits now; settles when the collector has answered or could not be reached. */
  flush(): Promise<void>;
  /** The name under which the collector knows this browser; empty while consent is awaited or denied. */
  anonymousId(): string;
}
