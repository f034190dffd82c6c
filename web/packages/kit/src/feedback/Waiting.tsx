import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";

/** A page that is still on its way. */
export function Waiting() {
  const { t } = useTranslation("kit");
  return (
    <div role="status" aria-label={t("state.loading")} style={{ padding: 24 }}>
      <Skeleton active title={{ width: 160 }} paragraph={{ rows: 8 }} />
    </div>
  );
}
