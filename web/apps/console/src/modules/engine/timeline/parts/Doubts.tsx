import { WarningOutlined } from "@ant-design/icons";
import type { TimelineItem } from "@cove/api/types";
import { useRegion } from "@cove/kit/region/Region";
import { Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./Doubts.module.css";
import { joined } from "./joined";

/** The mark of what looks like no customer; why is said on hover. */
export function DoubtMark({ items }: { items: TimelineItem[] }) {
  const { t } = useTranslation("timeline");
  const { language } = useRegion();
  const names = [...new Set(items.flatMap((item) => item.doubts.map((doubt) => doubt.name)))];
  const doubted = items.filter((item) => item.doubts.length > 0).length;
  if (doubted === 0) return null;
  return (
    <Tooltip title={t("doubt.because", { reasons: joined(names, language) })}>
      <Tag icon={<WarningOutlined />} color="warning" className={styles.mark}>
        {doubted < items.length ? t("doubt.some", { count: doubted }) : t("doubt.mark")}
      </Tag>
    </Tooltip>
  );
}

/** Every reason with what it means. */
export function DoubtReasons({ item }: { item: TimelineItem }) {
  const { t } = useTranslation("timeline");
  if (item.doubts.length === 0) return null;
  return (
    <section className={styles.reasons}>
      <h3>{t("doubt.title", { score: item.suspicion })}</h3>
      <ul>
        {item.doubts.map((doubt) => (
          <li key={doubt.name}>
            <strong>{doubt.name}</strong>
            {doubt.meaning && <p>{doubt.meaning}</p>}
          </li>
        ))}
      </ul>
      <p className={styles.note}>{t("doubt.kept")}</p>
    </section>
  );
}
