import type { Keyset } from "@cove/api/keyset";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import styles from "./More.module.css";

/** The rest of the list: comes by itself when the end is near, or by the button. */
export function More<Row>({ list }: { list: Keyset<Row> }) {
  const { t } = useTranslation("kit");
  const end = useRef<HTMLDivElement>(null);
  const { hasMore, loadingMore, loadMore } = list;
  useEffect(() => {
    if (!end.current || !hasMore || loadingMore) return;
    const watcher = new IntersectionObserver(([entry]) => { if (entry?.isIntersecting) loadMore(); }, { rootMargin: "400px" });
    watcher.observe(end.current);
    return () => { watcher.disconnect(); };
  }, [hasMore, loadingMore, loadMore]);
  if (!hasMore) return null;
  return (
    <div ref={end} className={styles.more}>
      <Button loading={loadingMore} onClick={loadMore}>{t("list.more")}</Button>
    </div>
  );
}
