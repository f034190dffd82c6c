import { CheckCircleFilled, ExclamationCircleFilled } from "@ant-design/icons";
import type { WechatAccount } from "@cove/api/types";
import { useTranslation } from "react-i18next";

import styles from "./Wechat.module.css";

/** Whether an account works, or what keeps it from working. */
export function WechatState({ account }: { account: WechatAccount }) {
  const { t } = useTranslation("channels");
  const { problem } = account.state;
  return problem
    ? <span className={styles.bad}><ExclamationCircleFilled aria-hidden /> {problem}</span>
    : <span className={styles.good}><CheckCircleFilled aria-hidden /> {t("wechat.works")}</span>;
}
