import type { Texts } from "@cove/kit/locales/texts";

import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = {
  signIn: {
    title: "Sign in",
    lead: "Every touch finds its answer",
    email: "E-mail",
    emailNeeded: "Enter your e-mail",
    password: "Password",
    passwordNeeded: "Enter your password",
    submit: "Sign in",
  },
  picker: {
    member: "Choose a member",
    nobody: "No member found",
    searching: "Searching…",
    noWecom: "No WeCom account",
  },
};
