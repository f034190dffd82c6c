import type { ContactDetail } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

const UTM = ["source", "medium", "campaign", "content", "term"] as const;

/** Where it all began. */
export function FirstTouch({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("people");
  const touch = contact.first_touch;
  if (!touch) return null;
  return (
    <Panel title={t("detail.firstTouch")}>
      <Facts
        rows={[
          { label: t("firstTouch.at"), value: <Time at={touch.at} /> },
          ...UTM.map((key) => ({ label: t(`utm.${key}`), value: touch.utm[key] })),
          { label: t("firstTouch.referrer"), value: touch.referrer },
        ]}
      />
    </Panel>
  );
}
