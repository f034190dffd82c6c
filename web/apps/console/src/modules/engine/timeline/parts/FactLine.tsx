import { DownOutlined, RightOutlined } from "@ant-design/icons";
import type { TimelineItem } from "@cove/api/types";
import { clockTime, duration, exactTime } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useTranslation } from "react-i18next";

import { DoubtMark } from "./Doubts";
import { factLook } from "./factIcons";
import styles from "./FactLine.module.css";
import { sumOf, VIEWED, type Entry } from "./group";
import { joined } from "./joined";

const TITLES = 3;

interface LineProps {
  entry: Entry;
  open: boolean;
  toggle: () => void;
  show: (item: TimelineItem) => void;
}

function Moment({ items }: { items: [TimelineItem, ...TimelineItem[]] }) {
  const { language, timezone } = useRegion();
  const [newest] = items;
  const oldest = items.at(-1) ?? newest;
  const [from, to] = [oldest, newest].map((item) => clockTime(item.at, language, timezone));
  return (
    <time dateTime={newest.at} title={exactTime(newest.at, language, timezone)}>{from === to ? to : `${from ?? ""} – ${to ?? ""}`}</time>
  );
}

function Meta({ items }: { items: [TimelineItem, ...TimelineItem[]] }) {
  const { t } = useTranslation("timeline");
  const [item] = items;
  return (
    <>
      <div className={styles.meta}>
        <Moment items={items} />
        <span>{item.source.label}</span>
        {item.member && <span>{item.member.name}</span>}
        {item.anonymous && <span title={t("anonymousText")} className={styles.anonymous}>{t("anonymous")}</span>}
        <DoubtMark items={items} />
      </div>
      {item.cause && <div className={styles.cause}>{t("because", { cause: [item.cause.label, item.cause.caption].filter(Boolean).join(" · ") })}</div>}
    </>
  );
}

function onlyPage(entry: Entry): TimelineItem | undefined {
  return entry.items.find((item) => item.kind === VIEWED);
}

function useVisitCaption() {
  const { t } = useTranslation("timeline");
  const { language } = useRegion();
  return (entry: Entry) => {
    const { pages, clicks, seconds, way } = sumOf(entry.items);
    const parts = [
      pages === 1 ? onlyPage(entry)?.caption ?? "" : "",
      pages > 1 ? t("pages", { count: pages }) : "",
      clicks > 0 ? t("clicks", { count: clicks }) : "",
      seconds > 0 ? t("stayed", { time: duration(seconds, language) }) : "",
    ].filter(Boolean);
    if (parts.length === 0) return entry.items[0].caption;
    // The caption of an only page says it itself.
    return joined(parts, language) + (way !== null && pages > 1 ? t("way", { way }) : "");
  };
}

/** One entry of the timeline: what happened, when, from where, because of what. A visit opens in place, a fact in a drawer. */
export function FactLine({ entry, open, toggle, show }: LineProps) {
  const { t } = useTranslation("timeline");
  const visitCaption = useVisitCaption();
  const [first] = entry.items;
  const many = entry.items.length > 1;
  const { icon, tone } = factLook(many ? VIEWED : first.kind);
  const doubted = entry.items.every((item) => item.doubts.length > 0);
  const titles = many ? sumOf(entry.items).titles : [];
  return (
    <li className={`${styles.line} ${doubted ? styles.doubted : ""}`}>
      <span className={`${styles.icon} ${styles[tone]}`} title={many ? t("visit") : first.label}>{icon}</span>
      <div className={styles.body}>
        <button
          type="button" data-line className={styles.caption} aria-expanded={many ? open : undefined} aria-haspopup={many ? undefined : "dialog"}
          onClick={() => { if (many) toggle(); else show(first); }}
        >
          <span>{many ? visitCaption(entry) : first.caption || first.label}</span>
          {many && (open ? <DownOutlined className={styles.arrow} aria-hidden /> : <RightOutlined className={styles.arrow} aria-hidden />)}
        </button>
        {titles.length > 1 && !open && (
          <p className={styles.titles}>{titles.slice(0, TITLES).join(" · ")}{titles.length > TITLES ? " …" : ""}</p>
        )}
        <Meta items={entry.items} />
        {many && open && (
          <ol className={styles.pages}>
            {entry.items.map((item) => (
              <li key={item.id}>
                <button type="button" data-line className={styles.caption} aria-haspopup="dialog" onClick={() => { show(item); }}>
                  <span>{item.caption || item.label}</span>
                </button>
                <span className={styles.meta}><Moment items={[item]} />{!doubted && <DoubtMark items={[item]} />}</span>
              </li>
            ))}
          </ol>
        )}
      </div>
    </li>
  );
}
