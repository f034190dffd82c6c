/** As much of WeChat's world as the SDK touches (developers.weixin.qq.com/miniprogram/dev/api and …/reference/api). */

export interface Launch {
  scene?: number;
  query?: Record<string, string | undefined>;
  referrerInfo?: { appId?: string };
}

/** The methods of a page or an app; WeChat calls them with `this` set to it. */
export type Methods = Record<string, unknown>;
export type Definer = (definition: Methods) => unknown;

export interface ShownPage {
  route: string;
  options?: Record<string, string | undefined>;
}

export interface Reply {
  statusCode: number;
  header?: Record<string, string | undefined>;
  data?: unknown;
}

export interface Wx {
  request(call: {
    url: string;
    method: "POST";
    data: string;
    header: Record<string, string>;
    timeout: number;
    success(reply: Reply): void;
    fail(): void;
  }): unknown;
  getStorageSync(key: string): unknown;
  setStorageSync(key: string, value: string): void;
  removeStorageSync(key: string): void;
  getStorageInfoSync(): { keys: string[] };
  getSystemInfoSync(): { language?: string; screenWidth?: number; screenHeight?: number };
  getAccountInfoSync(): { miniProgram: { appId: string } };
  onNetworkStatusChange(listen: (network: { isConnected: boolean }) => void): void;
}

/** What WeChat puts into the global scope of a mini-program. */
export interface World {
  wx: Wx;
  App: Definer;
  Page: Definer;
  getCurrentPages(): ShownPage[];
}
