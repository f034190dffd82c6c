import type { PrivacySettings, PrivacySettingsChange } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Button, InputNumber, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useChangeSettings } from "../api";
import styles from "./privacy.module.css";

export function Switches({ settings }: { settings: PrivacySettings }) {
  const { t } = useTranslation("privacy");
  const toast = useToast();
  const change = useChangeSettings();
  const [days, setDays] = useState(settings.grace_days);
  const send = (body: PrivacySettingsChange) => {
    change.mutate(body, { onSuccess: () => { toast.done(t("saved")); }, onError: toast.failed });
  };
  return (
    <Panel title={t("switches.title")}>
      <ul className={styles.lines}>
        <li className={styles.line}>
          <div className={styles.grow}><b>{t("switches.grace")}</b><p className={styles.aside}>{t("switches.graceText")}</p></div>
          <div className={styles.inputs}>
            <InputNumber
              aria-label={t("switches.grace")} value={days} min={0} max={365} precision={0} suffix={t("retention.days")} style={{ width: 120 }}
              onChange={(value) => { if (value !== null) setDays(value); }}
            />
            {days !== settings.grace_days && (
              <Button type="primary" loading={change.isPending} onClick={() => { send({ grace_days: days }); }}>{t("save")}</Button>
            )}
          </div>
        </li>
        <li className={styles.line}>
          <div className={styles.grow}><b>{t("switches.watermark")}</b><p className={styles.aside}>{t("switches.watermarkText")}</p></div>
          <Switch
            aria-label={t("switches.watermark")} checked={settings.watermark} loading={change.isPending}
            onChange={(watermark) => { send({ watermark }); }}
          />
        </li>
      </ul>
    </Panel>
  );
}
