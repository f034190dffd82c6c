import { PersonMark } from "@cove/kit/brand/PersonMark";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { waitingQuery } from "../api/handOvers";
import styles from "./WaitingPanel.module.css";

/** Members who left and still own something: what waits for a person. */
export function WaitingPanel() {
  const { t } = useTranslation("org");
  const { data } = useQuery(waitingQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <Panel title={<span className={styles.title}>{t("handOver.waiting", { count: data.items.length })}</span>}>
      <ul className={styles.list}>
        {data.items.map((one) => (
          <li key={one.member.id} className={styles.row}>
            <PersonMark name={one.member.name} />
            <span className={styles.words}>
              <b>{one.member.name}</b>
              <span className={styles.small}>
                {[one.departments.join(" / "), ...one.kinds.map((kind) => `${kind.label} ${kind.count.toString()}`)].filter(Boolean).join(" · ")}
              </span>
            </span>
            <Link to={`/settings/hand-overs/new?from=${one.member.id.toString()}`}><Button size="small">{t("handOver.start")}</Button></Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
