import { DownloadOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import { useToast } from "@cove/kit/feedback/useToast";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";

import { askedOf, useExport } from "../api";

const KINDS = [{ key: "xlsx", label: "XLSX" }, { key: "csv", label: "CSV" }];

/** What the list shows, as a file. */
export function ExportButton() {
  const { t } = useTranslation("audit");
  const [state] = useUrlState();
  const toast = useToast();
  const start = useExport();
  if (!useMay()("audit.export")) return null;
  const choose = ({ key }: { key: string }) => {
    start.mutate(
      { asked: askedOf(state), kind: key === "csv" ? "csv" : "xlsx" },
      { onSuccess: () => { toast.done(t("exportStarted")); }, onError: toast.failed },
    );
  };
  return (
    <Dropdown menu={{ items: KINDS, onClick: choose }} trigger={["click"]}>
      <Button icon={<DownloadOutlined />} loading={start.isPending}>{t("export")}</Button>
    </Dropdown>
  );
}
