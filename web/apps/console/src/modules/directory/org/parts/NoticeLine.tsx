import type { Notice } from "@cove/api/types";
import { Time } from "@cove/kit/region/Time";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useReadNotice } from "../api/notices";
import styles from "./NoticeLine.module.css";

interface NoticeLineProps {
  notice: Notice;
  onGo?: () => void;
  /** Also by which ways it went out. */
  whole?: boolean;
  /** The time stands elsewhere. */
  untimed?: boolean;
}

/** One notice: what, when, whether it was read; a click opens its record and marks it. */
export function NoticeLine({ notice, onGo, whole = false, untimed = false }: NoticeLineProps) {
  const { t } = useTranslation("org");
  const { mutate } = useReadNotice();
  const unread = notice.read_at === null;
  const take = () => {
    if (unread) mutate(notice.id);
    if (notice.url) onGo?.();
  };
  const content = (
    <>
      <span className={unread ? styles.dot : styles.seen} role="img" aria-label={t(unread ? "notices.isUnread" : "notices.isRead")} />
      <span className={styles.words}>
        <span className={styles.title}>
          {notice.title}
          {notice.more > 0 && <Tag className={styles.more}>{notice.more_label}</Tag>}
        </span>
        {notice.text && <span className={styles.text}>{notice.text}</span>}
        {whole && notice.sent.map((one) => (
          <span key={one.way} className={one.state === "failed" ? styles.failed : styles.text}>
            {[t(`notices.way.${one.way}`), one.state_label, one.reason].filter(Boolean).join(" · ")}
          </span>
        ))}
      </span>
      {!untimed && <span className={styles.when}><Time at={notice.created_at} /></span>}
    </>
  );
  return notice.url
    ? <Link to={notice.url} className={styles.line} onClick={take}>{content}</Link>
    : <button type="button" className={styles.line} onClick={take}>{content}</button>;
}
