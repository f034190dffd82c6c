import { Switch, Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./ExcludeSuspicious.module.css";

interface ExcludeSuspiciousProps {
  excluded: boolean;
  change: (excluded: boolean) => void;
}

/** Whether a report leaves out what is likely no customer: crawlers, programs, cheats. Usually it does. */
export function ExcludeSuspicious({ excluded, change }: ExcludeSuspiciousProps) {
  const { t } = useTranslation("insight");
  return (
    <Tooltip title={t("suspicious.definition")}>
      <label className={styles.choice}>
        <Switch size="small" checked={excluded} onChange={change} aria-label={t("suspicious.exclude")} />
        {t("suspicious.exclude")}
      </label>
    </Tooltip>
  );
}
