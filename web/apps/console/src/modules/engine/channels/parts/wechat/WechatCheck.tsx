import { CheckCircleFilled, ExclamationCircleFilled } from "@ant-design/icons";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Panel } from "@cove/kit/page/Panel";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { useCheckWechat } from "../../api/wechat";
import styles from "../Lines.module.css";

/** Try an account and say in plain words what works, and what to do about the rest. */
export function WechatCheck({ id }: { id: number }) {
  const { t } = useTranslation("channels");
  const check = useCheckWechat(id);
  return (
    <Panel title={t("wechat.check.title")} extra={<Button size="small" loading={check.isPending} onClick={() => { check.mutate(); }}>{t("wechat.check.run")}</Button>}>
      <p className={styles.text}>{t("wechat.check.text")}</p>
      {check.error && <ErrorNotice error={check.error} />}
      <ul className={styles.checks} aria-live="polite">
        {check.data?.checks.map((one) => (
          <li key={one.key} className={styles.check}>
            {one.ok
              ? <CheckCircleFilled className={styles.good} aria-label={t("wechat.check.ok")} />
              : <ExclamationCircleFilled className={styles.bad} aria-label={t("wechat.check.notOk")} />}
            <div>
              <div>{one.label}</div>
              {one.remedy && <p className={styles.text}>{one.remedy}</p>}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
