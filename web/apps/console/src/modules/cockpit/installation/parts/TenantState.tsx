import type { TenantRow } from "@cove/api/types";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

export function TenantState({ tenant }: { tenant: TenantRow }) {
  const { t } = useTranslation("installation");
  return tenant.suspended_at ? <Tag color="warning">{t("suspended")}</Tag> : <Tag color="success">{t("open")}</Tag>;
}
