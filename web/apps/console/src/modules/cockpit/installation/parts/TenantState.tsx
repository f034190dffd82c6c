import type { TenantRow } from "@cove/api/types";
import { Badge } from "antd";
import { useTranslation } from "react-i18next";

export function TenantState({ tenant }: { tenant: TenantRow }) {
  const { t } = useTranslation("installation");
  return tenant.suspended_at ? <Badge status="warning" text={t("suspended")} /> : <Badge status="success" text={t("open")} />;
}
