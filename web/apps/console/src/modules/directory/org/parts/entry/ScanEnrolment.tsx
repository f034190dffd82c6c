import type { Enrolment } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { useTranslation } from "react-i18next";

import styles from "./entry.module.css";

/** The picture for an authenticator app, and the secret for those who cannot scan. */
export function ScanEnrolment({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation("org");
  return (
    <div className={styles.scan}>
      <img className={styles.picture} src={enrolment.picture} alt={t("factor.picture")} />
      <div className={styles.secret}>
        {t("factor.secret")}
        <code>{enrolment.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
        <CopyText text={enrolment.secret} label={t("factor.copySecret")} showLabel />
      </div>
    </div>
  );
}
