import { ApartmentOutlined } from "@ant-design/icons";
import { Empty } from "@cove/kit/feedback/Empty";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { useRegion } from "@cove/kit/region/Region";
import { periodBefore, periodOf } from "@cove/kit/report/period";
import { PeriodPicker } from "@cove/kit/report/PeriodPicker";
import { ReportPage } from "@cove/kit/report/ReportPage";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { ACCOUNTS, usageQuery } from "../api/usage";
import { SuspicionSwitch } from "../parts/SuspicionSwitch";
import { UsageFigures } from "../parts/UsageFigures";
import { UsageChart, UsageFeatures } from "../parts/UsageParts";

export default function Usage() {
  const { t } = useTranslation("tracking");
  const { timezone } = useRegion();
  const [state, change] = useUrlState();
  const navigate = useNavigate();
  const { chosen, period } = periodOf(state, timezone, "30d");
  const exclude = state.suspicious !== "include";
  const query = useQuery(usageQuery({ period, exclude }));
  const before = useQuery(usageQuery({ period: periodBefore(period), exclude }));
  return (
    <ReportPage
      title={t("usage.title")}
      lead={t("usage.lead")}
      query={query}
      actions={<Button icon={<ApartmentOutlined />} onClick={() => void navigate(ACCOUNTS)}>{t("usage.allAccounts")}</Button>}
      filters={
        <>
          <PeriodPicker chosen={chosen} period={period} change={change} />
          <SuspicionSwitch exclude={exclude} change={change} />
        </>
      }
    >
      {(usage) => usage.events === 0 ? <Empty title={t("usage.nothing")} text={t("usage.nothingText")} /> : (
        <>
          <UsageFigures usage={usage} before={before.data} />
          <UsageChart usage={usage} />
          <UsageFeatures usage={usage} file={`${t("usage.title")} ${period.from}–${period.to}`} />
        </>
      )}
    </ReportPage>
  );
}
