import type { WecomChannel } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Switch } from "antd";
import { useTranslation } from "react-i18next";

import { useAllowSignIn } from "../api";
import styles from "./Lines.module.css";

/** Members sign in by WeCom: on or off, and what the platform must be told for it. */
export function SignInPanel({ channel, mayChange }: { channel: WecomChannel; mayChange: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const allow = useAllowSignIn();
  const change = (on: boolean) => {
    allow.mutate(on, { onSuccess: () => { toast.done(t(on ? "signIn.isOn" : "signIn.isOff")); }, onError: toast.failed });
  };
  const line = (label: string, text: string) => (
    <div className={styles.address}>
      <span>{label}</span><code>{text}</code><CopyText text={text} label={t("signIn.copy", { what: label })} />
    </div>
  );
  return (
    <Panel
      title={t("signIn.title")}
      extra={<Switch checked={channel.sign_in} disabled={!mayChange} loading={allow.isPending} onChange={change} aria-label={t("signIn.title")} />}
    >
      <p className={styles.text}>{t("signIn.text")}</p>
      {channel.sign_in && (
        <>
          {line(t("signIn.domain"), channel.trusted_domain)}
          <p className={styles.text}>{t("signIn.domainText")}</p>
          {line(t("signIn.home"), channel.sign_in_url)}
          <p className={styles.text}>{t("signIn.homeText")}</p>
        </>
      )}
    </Panel>
  );
}
