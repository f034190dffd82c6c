/** What may be told, and how it is written down: the same on the web and in a mini-program. */
import type { Port } from "./port";
import { createQueue, type Queue } from "./queue";
import type { BeforeSend, CommonOptions, Cove, CoveEvent, Properties } from "./types";
import { uuid } from "./uuid";
import { createVisitor, type Visitor, type Who } from "./visitor";

export interface Client {
  cove: Cove;
  queue: Queue;
  emit(type: CoveEvent["type"], fields: Properties): void;
  /** Something that Cove itself has a name for. */
  sign(name: string, properties: Properties, fields?: Properties): void;
  /** Calls `begin` as soon as he may be measured, or asked whether: now, or when he agrees. */
  whenOn(begin: () => void): void;
}

/** `opposed`: the browser asks not to be tracked, which counts as long as he has not agreed himself. */
export function createClient(port: Port, options: CommonOptions, opposed: boolean): Client {
  let before: BeforeSend | undefined = options.before;
  let begins: (() => void) | undefined;
  let state = port.read("cove_consent") ?? (opposed ? "denied" : options.consent === "ask" ? "ask" : "unknown");

  const isHeld = () => /ask|denied/.test(state);
  const visitor = createVisitor(port, isHeld);
  const queue = createQueue(port, `cove_q_${options.writeKey}_`, {
    frame: (events) => {
      const context = { ...port.context(), consent: state };
      // An event's own context stands in place of the batch's.
      const batch = events.map((event) => (event.context ? { ...event, context: { ...context, ...event.context } } : event));
      return JSON.stringify({ write_key: options.writeKey, sent_at: new Date().toISOString(), context, batch });
    },
    answered: ({ status, text }) => {
      // eslint-disable-next-line no-console -- whoever asked to debug looks there
      if (options.debug) console.log("cove", status, text);
    },
  });

  const anonymousId = () => (isHeld() ? "" : visitor.anonymousId());

  const emit: Client["emit"] = (type, fields) => {
    if (state === "denied") return;
    const { user_id, signature, account } = visitor.who();
    try {
      const made: CoveEvent = {
        type,
        message_id: uuid(port.random),
        timestamp: new Date().toISOString(),
        anonymous_id: anonymousId() || undefined,
        session_id: visitor.session(),
        user_id,
        signature,
        account,
        ...port.place(),
        ...fields,
      };
      const event = before ? before(made) : made;
      if (event) queue.add(event);
    } catch {
      // What cannot be looked at, or written as JSON, is left out; the page goes on.
    }
  };

  const open = () => {
    visitor.store();
    queue.open((event) => {
      event.anonymous_id ??= anonymousId();
    });
    begins?.();
    begins = undefined;
  };

  const consent: Cove["consent"] = (answer) => {
    if (answer === state) return;
    state = answer;
    port.write("cove_consent", answer);
    if (answer === "granted") {
      open();
      return;
    }
    visitor.forget();
    queue.close();
  };

  if (/unknown|granted/.test(state)) open();
  return {
    cove: {
      ...verbs(emit, visitor, () => state !== "denied"),
      consent,
      before(look) {
        before = look;
      },
      flush: queue.flush,
      anonymousId,
    },
    queue,
    emit,
    sign(name, properties, fields) {
      emit("track", { event: name, properties, ...fields });
    },
    whenOn(begin) {
      if (state === "denied") begins = begin;
      else begin();
    },
  };
}

function verbs(emit: Client["emit"], { session, who, become, forget }: Visitor, isTold: () => boolean): Pick<Cove, "track" | "page" | "identify" | "group" | "alias" | "reset"> {
  /** Tells who he is, unless just that was told in this visit already: pages like to say it each time. */
  const tell = (type: "identify" | "group", is: Who, fields: Properties) => {
    const said = session() + JSON.stringify([is, fields]);
    const isNew = who()[type] !== said;
    // What nobody was told is to be said again when he has agreed.
    become({ ...is, [type]: isTold() ? said : undefined });
    if (isNew) emit(type, fields);
  };

  return {
    track(event, properties, note) {
      emit("track", { event, properties, context: note });
    },
    page(properties) {
      emit("page", { properties });
    },
    identify(userId, traits, proof) {
      // An account is of one user: the next one says his own.
      const other = who().user_id === userId ? {} : { account: undefined, group: undefined };
      tell("identify", { ...other, user_id: userId, signature: proof?.signature }, { traits });
    },
    group(accountId, traits) {
      tell("group", { account: accountId }, { group_id: accountId, traits });
    },
    alias(userId, previousId = who().user_id, proof) {
      emit("alias", { user_id: userId, previous_id: previousId, signature: proof?.signature });
    },
    reset: forget,
  };
}
