import { useMay } from "@cove/api/session";
import type { TrafficMark } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Input, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";

import { marksQuery, TRAFFIC, useMark, useUnmark } from "../api/traffic";
import styles from "./TrafficMarkList.module.css";

function Mark({ mark, mayChange }: { mark: TrafficMark; mayChange: boolean }) {
  const { t } = useTranslation("tracking");
  const toast = useToast();
  const unmark = useUnmark();
  const remove = () => {
    unmark.mutate(mark.id, { onSuccess: () => { toast.done(t("traffic.mark.removed", { name: mark.title })); }, onError: toast.failed });
  };
  return (
    <li className={styles.mark}>
      <div className={styles.words}>
        <b>{mark.title}</b>
        {mark.note && <span>{mark.note}</span>}
        <span className={styles.second}>
          {[t(mark.is_device ? "traffic.mark.isDevice" : "traffic.mark.isAddress"), mark.made_by].filter(Boolean).join(" · ")} · <Time at={mark.made_at} />
          {!mark.applied && <> · {t("traffic.mark.applying")}</>}
        </span>
      </div>
      {mayChange && (
        <Popconfirm title={t("traffic.mark.removeTitle")} description={t("traffic.mark.removeText")} okText={t("traffic.mark.remove")} onConfirm={remove}>
          <Button size="small" loading={unmark.isPending}>{t("traffic.mark.remove")}</Button>
        </Popconfirm>
      )}
    </li>
  );
}

function AddAddress() {
  const { t } = useTranslation("tracking");
  const toast = useToast();
  const mark = useMark();
  const [form] = Form.useForm<{ address: string; note: string }>();
  const add = ({ address, note }: { address: string; note?: string }) => {
    mark.mutateAsync({ address, title: address, visitor: "", note: note ?? "" }).then(() => {
      form.resetFields();
      toast.done(t("traffic.mark.done"));
    }, toast.failed);
  };
  return (
    <Panel title={t("traffic.mark.add")}>
      <p className={styles.second}>{t("traffic.mark.addText")}</p>
      <Form form={form} layout="vertical" onFinish={add} requiredMark={false}>
        <Form.Item name="address" label={t("traffic.mark.isAddress")} rules={[{ required: true, whitespace: true, message: t("traffic.mark.addressNeeded") }]}>
          <Input placeholder="203.0.113.7" maxLength={45} />
        </Form.Item>
        <Form.Item name="note" label={t("traffic.mark.note")}>
          <Input placeholder={t("traffic.mark.noteHint")} maxLength={200} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={mark.isPending}>{t("traffic.mark.ok")}</Button>
      </Form>
    </Panel>
  );
}

export default function TrafficMarks() {
  const { t } = useTranslation("tracking");
  const { data, error, refetch } = useQuery(marksQuery);
  const mayChange = useMay()("tracking.mark_traffic");
  return (
    <DetailDrawer parent={TRAFFIC} title={t("traffic.marks")} size={560}>
      <div className={styles.body}>
        {mayChange && <AddAddress />}
        {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
        {data?.items.length === 0 && <Empty title={t("traffic.noMarks")} text={t("traffic.noMarksText")} />}
        {data && data.items.length > 0 && (
          <Panel title={t("traffic.marked")} flush>
            <ul className={styles.marks}>{data.items.map((mark) => <Mark key={mark.id} mark={mark} mayChange={mayChange} />)}</ul>
          </Panel>
        )}
      </div>
    </DetailDrawer>
  );
}
