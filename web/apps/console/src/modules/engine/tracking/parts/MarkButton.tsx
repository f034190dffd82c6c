import { useMay } from "@cove/api/session";
import type { TrafficMarkCreate, TrafficSample } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { App, Button, Dropdown, Input } from "antd";
import { useTranslation } from "react-i18next";

import { useMark } from "../api/traffic";

/** Says of a sample's device or address that it is normal, after telling what that does. */
export function MarkButton({ sample }: { sample: TrafficSample }) {
  const { t } = useTranslation("tracking");
  const { modal } = App.useApp();
  const toast = useToast();
  const mark = useMark();
  const may = useMay();
  if (!may("tracking.mark_traffic")) return null;
  const ask = (what: "device" | "address") => {
    const said: TrafficMarkCreate = what === "device"
      ? { visitor: sample.visitor, title: sample.contact ? `${sample.contact.name} · ${sample.device}` : `${sample.device} · ${sample.address}`, address: "", note: "" }
      : { address: sample.address, title: sample.address, visitor: "", note: "" };
    modal.confirm({
      title: t(`traffic.mark.${what}Title`, { name: what === "device" ? sample.device : sample.address }),
      content: (
        <>
          <p>{t(`traffic.mark.${what}Text`)}</p>
          <Input
            aria-label={t("traffic.mark.note")} placeholder={t("traffic.mark.noteHint")} maxLength={200}
            onChange={(event) => { said.note = event.target.value; }}
          />
        </>
      ),
      okText: t("traffic.mark.ok"),
      onOk: () => mark.mutateAsync(said).then(() => { toast.done(t("traffic.mark.done")); }, toast.failed),
    });
  };
  const items = [
    { key: "device", label: t("traffic.mark.device") },
    ...(sample.address ? [{ key: "address", label: t("traffic.mark.address") }] : []),
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => { ask(key === "address" ? "address" : "device"); } }}>
      <Button size="small">{t("traffic.mark.open")}</Button>
    </Dropdown>
  );
}
