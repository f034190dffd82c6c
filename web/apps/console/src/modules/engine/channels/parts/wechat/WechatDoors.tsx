import type { WechatAccount } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { Panel } from "@cove/kit/page/Panel";
import { useTranslation } from "react-i18next";

import lines from "../Lines.module.css";
import styles from "./Wechat.module.css";

/** The addresses by which pages and mini-programs of the company ask Cove who their visitor is. */
export function WechatDoors({ account }: { account: WechatAccount }) {
  const { t } = useTranslation("channels");
  const official = account.kind === "official";
  const doors = official
    ? [
      { key: "start", url: `${account.page_start_url}&to=https%3A%2F%2Fwww.example.com%2F` },
      { key: "signature", url: `${account.page_signature_url}&url=https%3A%2F%2Fwww.example.com%2F` },
    ] as const
    : [{ key: "login", url: account.mini_login_url }, { key: "phone", url: account.mini_phone_url }] as const;
  return (
    <Panel title={t(official ? "wechat.doors.pages" : "wechat.doors.mini")}>
      <p className={lines.text}>{t(official ? "wechat.doors.pagesText" : "wechat.doors.miniText", { host: new URL(account.callback_url).host })}</p>
      <div className={styles.doors}>
        {doors.map(({ key, url }) => (
          <div key={key}>
            <b>{t(`wechat.doors.${key}`)}</b>
            <p className={lines.text}>{t(`wechat.doors.${key}Text`)}</p>
            <div className={lines.address}><code>{url}</code><CopyText text={url} label={t("wechat.callback.copy")} showLabel /></div>
          </div>
        ))}
      </div>
    </Panel>
  );
}
