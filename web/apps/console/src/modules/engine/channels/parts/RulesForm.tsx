import type { ReachRules, ReachRulesChange } from "@cove/api/types";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Button, Form, Input, InputNumber, Radio } from "antd";
import { useTranslation } from "react-i18next";

import { useChangeRules } from "../api/rules";
import styles from "./Rules.module.css";

const CAPS = ["most_a_day", "most_a_week", "most_a_month"] as const;
const MOST = 10_000;

/** Quiet hours and caps, saved together. */
export function RulesForm({ rules, mayChange }: { rules: ReachRules; mayChange: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const change = useChangeRules();
  const kept = useKeptForm<ReachRulesChange>({
    name: "reach-rules",
    initial: {
      quiet_from: rules.quiet_from, quiet_until: rules.quiet_until, quiet_then: rules.quiet_then,
      most_a_day: rules.most_a_day, most_a_week: rules.most_a_week, most_a_month: rules.most_a_month,
    },
    submit: (values) => change.mutateAsync(values),
  });
  const submit = async () => { if (await kept.send()) toast.done(t("rules.saved")); };
  return (
    <Form<ReachRulesChange>
      form={kept.form} layout="vertical" requiredMark="optional" disabled={!mayChange} className={styles.page}
      initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}
    >
      <FormNotices kept={kept} />
      <Panel title={t("rules.quiet")}>
        <p className={styles.text}>{t("rules.quietText", { timezone: rules.timezone })}</p>
        <div className={styles.inputs}>
          <Form.Item name="quiet_from"><Input type="time" aria-label={t("rules.quietFrom")} /></Form.Item>
          <span aria-hidden="true" className={styles.dash}>–</span>
          <Form.Item name="quiet_until"><Input type="time" aria-label={t("rules.quietUntil")} /></Form.Item>
        </div>
        <Form.Item name="quiet_then" label={t("rules.quietThen")} className={styles.last}>
          <Radio.Group options={[{ value: "wait", label: t("rules.wait") }, { value: "refuse", label: t("rules.refuse") }]} />
        </Form.Item>
      </Panel>
      <Panel title={t("rules.caps")}>
        <p className={styles.text}>{t("rules.capsText")}</p>
        <div className={styles.inputs}>
          {CAPS.map((name) => (
            <Form.Item key={name} name={name} label={t(`rules.${name}`)} className={styles.last}>
              <InputNumber min={1} max={MOST} precision={0} suffix={t("rules.times")} className={styles.number} />
            </Form.Item>
          ))}
        </div>
      </Panel>
      {mayChange && <div><Button type="primary" htmlType="submit" loading={kept.busy} disabled={!kept.dirty}>{t("rules.save")}</Button></div>}
    </Form>
  );
}
