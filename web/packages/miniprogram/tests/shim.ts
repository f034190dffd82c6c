import type { Launch, Methods, Reply, ShownPage, Wx } from "../src/wx";

interface Sent {
  url: string;
  header: Record<string, string>;
  body: { write_key: string; context: Record<string, unknown>; batch: Record<string, unknown>[] };
}

/** WeChat's world, as a mini-program finds it: what it calls is WeChat's part, what it is told is in `sent`. */
export class Phone {
  sent: Sent[] = [];
  stored = new Map<string, unknown>();
  isOnline = true;
  replies: Partial<Reply>[] = [];
  pages: (ShownPage & { methods: Methods })[] = [];
  private app: Methods = {};
  private definitions: Methods[] = [];
  private listener: (network: { isConnected: boolean }) => void = () => undefined;

  wx: Wx = {
    request: ({ url, data, header, success, fail }) => {
      this.sent.push({ url, header, body: JSON.parse(data) as Sent["body"] });
      setTimeout(() => {
        if (this.isOnline) success({ statusCode: 200, header: {}, data: { accepted: 1 }, ...this.replies.shift() });
        else fail();
      }, 20);
    },
    getStorageSync: (key) => this.stored.get(key) ?? "",
    setStorageSync: (key, value) => void this.stored.set(key, value),
    removeStorageSync: (key) => void this.stored.delete(key),
    getStorageInfoSync: () => ({ keys: [...this.stored.keys()] }),
    getSystemInfoSync: () => ({ language: "zh_CN", screenWidth: 390, screenHeight: 844 }),
    getAccountInfoSync: () => ({ miniProgram: { appId: "wx123" } }),
    onNetworkStatusChange: (listener) => {
      this.listener = listener;
    },
  };
  App = (definition: Methods) => {
    this.app = definition;
  };
  Page = (definition: Methods) => {
    this.definitions.push(definition);
  };
  getCurrentPages = () => [...this.pages];

  /** What was told, as [type or name, properties, address]. */
  get told(): [unknown, unknown, unknown][] {
    return this.sent.flatMap(({ body }) => body.batch).map((event) => [event.event ?? event.type, event.properties, event.url]);
  }

  call(methods: Methods, name: string, given?: unknown): unknown {
    return (methods[name] as ((given: unknown) => unknown) | undefined)?.call(methods, given);
  }

  launch(given: Launch): void {
    this.call(this.app, "onLaunch", given);
    this.call(this.app, "onShow", given);
  }

  /** Opens the page that was defined as the `number`th on top of the one that is open. */
  open(number: number, route: string, options: Record<string, string> = {}): Methods {
    const below = this.pages.at(-1);
    if (below) this.call(below.methods, "onHide");
    const methods = { ...this.definitions[number] };
    this.pages.push({ route, options, methods });
    this.call(methods, "onLoad", options);
    this.call(methods, "onShow");
    return methods;
  }

  back(): void {
    const top = this.pages.pop();
    if (top) this.call(top.methods, "onUnload");
    const below = this.pages.at(-1);
    if (below) this.call(below.methods, "onShow");
  }

  toBackground(): void {
    const top = this.pages.at(-1);
    if (top) this.call(top.methods, "onHide");
    this.call(this.app, "onHide");
  }

  toForeground(given: Launch): void {
    this.call(this.app, "onShow", given);
    const top = this.pages.at(-1);
    if (top) this.call(top.methods, "onShow");
  }

  network(isConnected: boolean): void {
    this.isOnline = isConnected;
    this.listener({ isConnected });
  }
}
