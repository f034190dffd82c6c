import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import { failedMailsQuery, mailQuery } from "../../api/account";
import styles from "../account/account.module.css";
import { MailHint } from "./MailHint";

/** Whether mail goes out, and what did not. */
export function MailPanel() {
  const { t } = useTranslation("org");
  const { data } = useQuery(mailQuery);
  const { data: failed, error } = useQuery(failedMailsQuery);
  return (
    <Panel title={t("mail.title")} extra={data?.set_up && <Tag color="success">{t("mail.ready")}</Tag>}>
      <MailHint />
      {error && <ErrorNotice error={error} />}
      {!failed && !error && <Waiting />}
      {failed && !failed.items.length && <span className={styles.text}>{t("mail.allSent")}</span>}
      <ul className={styles.sessions} aria-label={t("mail.failed")}>
        {failed?.items.map((mail) => (
          <li key={mail.id} className={styles.session}>
            <div>
              <b>{mail.subject}</b>
              <div className={styles.where}><span>{mail.recipient}</span><Time at={mail.created_at} /><span>{mail.reason}</span></div>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
