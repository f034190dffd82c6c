import type { resources } from "./zh-CN";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "kit";
    resources: typeof resources;
  }
}
