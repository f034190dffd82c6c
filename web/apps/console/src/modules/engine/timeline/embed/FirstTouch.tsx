import { useMay } from "@cove/api/session";
import { Facts } from "@cove/kit/detail/Facts";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { firstTouchQuery } from "../api";

const UTM = ["source", "medium", "campaign", "content", "term"] as const;

/** Where it all began. */
export default function FirstTouch({ contactId }: { contactId: number }) {
  const { t } = useTranslation("timeline");
  const { data } = useQuery({ ...firstTouchQuery(contactId), enabled: useMay()("timeline.see") });
  const touch = data?.first_touch;
  if (!touch) return null;
  return (
    <Panel title={t("firstTouch.title")}>
      <Facts
        rows={[
          { label: t("firstTouch.at"), value: <Time at={touch.at} /> },
          ...UTM.map((key) => ({ label: t(`firstTouch.${key}`), value: touch.utm[key] })),
          { label: t("firstTouch.referrer"), value: touch.referrer },
        ]}
      />
    </Panel>
  );
}
