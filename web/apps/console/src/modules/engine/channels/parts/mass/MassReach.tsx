import type { MassAim } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Count } from "@cove/kit/region/Count";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { massReachQuery } from "../../api/mass";
import styles from "./Mass.module.css";

/** Whom the message would reach now, and who is left out and why. */
export function MassReach({ aim, senderId }: { aim: MassAim; senderId: number | null }) {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(massReachQuery(aim, senderId));
  if (error) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (!data) return null;
  return (
    <div className={styles.reach} role="status">
      <b>{t(`mass.reached.${aim.kind}`)} <Count value={data.reached} /> / <Count value={data.found} />{data.exact ? "" : "+"}</b>
      {data.left_out.map((one) => <span key={one.reason} className={styles.second}><Count value={one.count} /> · {one.label}</span>)}
    </div>
  );
}
