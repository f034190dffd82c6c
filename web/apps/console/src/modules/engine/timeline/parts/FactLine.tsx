import { DownOutlined, RightOutlined } from "@ant-design/icons";
import type { TimelineItem } from "@cove/api/types";
import { clockTime, exactTime } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { factLook } from "./factIcons";
import styles from "./FactLine.module.css";
import type { Entry } from "./group";
import { Properties, tellable } from "./Properties";

function Meta({ item }: { item: TimelineItem }) {
  const { t } = useTranslation("timeline");
  const { language, timezone } = useRegion();
  return (
    <>
      <div className={styles.meta}>
        <time dateTime={item.at} title={exactTime(item.at, language, timezone)}>{clockTime(item.at, language, timezone)}</time>
        <span>{item.source.label}</span>
        {item.member && <span>{item.member.name}</span>}
        {item.anonymous && <span title={t("anonymousText")} className={styles.anonymous}>{t("anonymous")}</span>}
      </div>
      {item.cause && <div className={styles.cause}>{t("because", { cause: [item.cause.label, item.cause.caption].filter(Boolean).join(" · ") })}</div>}
    </>
  );
}

/** One entry of the timeline: what happened, when, from where, because of what; properties on demand. */
export function FactLine({ entry }: { entry: Entry }) {
  const { t } = useTranslation("timeline");
  const [open, setOpen] = useState(false);
  const [first] = entry.items;
  const many = entry.items.length > 1;
  const { icon, tone } = factLook(first.kind);
  const properties = tellable(first.properties);
  const expandable = many || properties.length > 0;
  const caption = many ? t("pages", { count: entry.items.length }) : first.caption;
  return (
    <li className={styles.line}>
      <span className={`${styles.icon} ${styles[tone]}`} title={first.label}>{icon}</span>
      <div className={styles.body}>
        {expandable ? (
          <button type="button" className={styles.caption} aria-expanded={open} onClick={() => { setOpen(!open); }}>
            <span>{caption}</span>
            {open ? <DownOutlined className={styles.arrow} aria-hidden /> : <RightOutlined className={styles.arrow} aria-hidden />}
          </button>
        ) : <p className={styles.still}>{caption}</p>}
        {!(many && open) && <Meta item={first} />}
        {open && !many && <div className={styles.properties}><Properties properties={properties} /></div>}
        {open && many && (
          <ol className={styles.pages}>
            {entry.items.map((item) => (
              <li key={item.id} className={styles.properties}>
                <p>{item.caption}</p>
                <Meta item={item} />
                <Properties properties={tellable(item.properties)} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </li>
  );
}
