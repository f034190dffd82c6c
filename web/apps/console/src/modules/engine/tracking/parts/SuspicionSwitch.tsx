import type { UrlState } from "@cove/kit/list/useUrlState";
import { Switch, Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./SuspicionSwitch.module.css";

interface SuspicionSwitchProps {
  exclude: boolean;
  change: (values: UrlState) => void;
}

/** Whether suspicious traffic is left out; it is unless somebody says otherwise, and the URL says so then. */
export function SuspicionSwitch({ exclude, change }: SuspicionSwitchProps) {
  const { t } = useTranslation("tracking");
  return (
    <Tooltip title={t("usage.excludeHint")}>
      <label className={styles.label}>
        <Switch size="small" checked={exclude} onChange={(next) => { change({ suspicious: next ? undefined : "include" }); }} />
        {t("usage.exclude")}
      </label>
    </Tooltip>
  );
}
