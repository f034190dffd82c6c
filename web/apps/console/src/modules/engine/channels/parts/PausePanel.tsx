import { PauseCircleOutlined, PlayCircleOutlined } from "@ant-design/icons";
import type { ReachRules } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import { usePauseMarketing } from "../api/rules";
import styles from "./Rules.module.css";

/** Stop all marketing at once, and say that it is stopped. */
export function PausePanel({ rules, mayChange }: { rules: ReachRules; mayChange: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const pause = usePauseMarketing();
  const turn = (paused: boolean) => {
    pause.mutate(paused, {
      onSuccess: () => {
        if (paused) toast.undoable(t("rules.pausedNow"), () => { turn(false); });
        else toast.done(t("rules.resumed"));
      },
      onError: toast.failed,
    });
  };
  if (rules.paused) {
    return (
      <Alert
        type="warning" showIcon title={t("rules.paused")} description={t("rules.pausedText", { count: rules.waiting })}
        action={mayChange && <Button icon={<PlayCircleOutlined />} loading={pause.isPending} onClick={() => { turn(false); }}>{t("rules.resume")}</Button>}
      />
    );
  }
  return mayChange && (
    <Panel
      title={t("rules.pause")}
      extra={<Button size="small" danger icon={<PauseCircleOutlined />} loading={pause.isPending} onClick={() => { turn(true); }}>{t("rules.pause")}</Button>}
    >
      <p className={styles.text}>{t("rules.pauseText")}</p>
    </Panel>
  );
}
