import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";

import { mailQuery } from "../../api/account";

/** Said wherever mail would be expected while the installation has no mail server. */
export function MailHint() {
  const { t } = useTranslation("org");
  const { data } = useQuery(mailQuery);
  if (data?.set_up !== false) return null;
  return <Alert type="warning" showIcon title={t("mail.notSetUp")} description={t("mail.notSetUpText")} />;
}
