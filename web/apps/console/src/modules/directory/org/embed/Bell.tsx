import { BellOutlined, SettingOutlined } from "@ant-design/icons";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { dayLabel, dayOf } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useNow } from "@cove/kit/region/Time";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Badge, Button, Popover } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { newestNoticesQuery, noticeChoicesQuery, noticeCountQuery, useReadAllNotices, useReadNotice } from "../api/notices";
import { NoticeLine } from "../parts/NoticeLine";
import { byDay } from "../parts/noticeDays";
import { sound } from "../parts/sound";
import { useTitleBadge } from "../parts/useTitleBadge";
import styles from "./Bell.module.css";
import { useLiveNews } from "./useLiveNews";

const MOST = 99;

function NoticePanel({ close }: { close: () => void }) {
  const { t } = useTranslation("org");
  const { language, timezone } = useRegion();
  const now = useNow();
  const { data, error, refetch } = useQuery(newestNoticesQuery);
  if (!data) return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
  if (data.items.length === 0) return <Empty title={t("notices.none")} text={t("notices.noneText")} />;
  return byDay(data.items, timezone).map(([day, notices]) => (
    <section key={day}>
      <h3 className={styles.day}>{dayLabel(day, language, dayOf(now, timezone))}</h3>
      <ul className={styles.list}>{notices.map((notice) => <li key={notice.id}><NoticeLine notice={notice} onGo={close} /></li>)}</ul>
    </section>
  ));
}

/** The notice that just came, where it must not wait until somebody looks. */
function useUrgentToast() {
  const { t } = useTranslation("org");
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { mutate } = useReadNotice();
  return useCallback(async () => {
    const { items } = await queries.query({ ...newestNoticesQuery, staleTime: 0 });
    const notice = items.find((one) => one.urgent && one.read_at === null);
    if (!notice) return;
    const key = `notice-${notice.id.toString()}`;
    const look = () => {
      notification.destroy(key);
      mutate(notice.id);
      void navigate(notice.url);
    };
    notification.warning({
      key, title: notice.title, description: notice.text, role: "alert", duration: 12,
      actions: notice.url ? <Button size="small" onClick={look}>{t("notices.open")}</Button> : undefined,
    });
  }, [mutate, navigate, notification, queries, t]);
}

/** The bell in the header: how many notices wait, live, and the newest of them. */
export function Bell() {
  const { t } = useTranslation("org");
  const toast = useToast();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const { data } = useQuery(noticeCountQuery);
  const readAll = useReadAllNotices();
  const unread = data?.unread ?? 0;
  useTitleBadge(unread);
  const show = useUrgentToast();
  useLiveNews(useCallback((urgent: boolean) => {
    void queries.query({ ...noticeChoicesQuery(false), staleTime: 300_000 }).then(({ times }) => { if (times.sound) sound(); }, () => undefined);
    if (urgent) void show().catch(() => undefined);
  }, [queries, show]));
  const close = () => { setOpen(false); };
  const head = (
    <div className={styles.head}>
      <span>{t("notices.title")}</span>
      <span className={styles.acts}>
        <Button
          size="small" type="link" disabled={unread === 0} loading={readAll.isPending}
          onClick={() => { readAll.mutate(queries.getQueryData(newestNoticesQuery.queryKey)?.items[0]?.created_at ?? null, { onError: toast.failed }); }}
        >
          {t("notices.readAll")}
        </Button>
        <Link to="/account/notifications" onClick={close} aria-label={t("notices.choose")} title={t("notices.choose")}><SettingOutlined /></Link>
      </span>
    </div>
  );
  return (
    <Popover
      trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} title={head}
      content={(
        <div className={styles.panel}>
          {open && <NoticePanel close={close} />}
          <Link className={styles.all} to="/notifications" onClick={close}>{t("notices.all")}</Link>
        </div>
      )}
    >
      <Badge count={unread} overflowCount={MOST} size="small" color="var(--cove-attention)" offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={t("notices.bell", { count: unread })} title={t("notices.title")} />
        <span className={styles.spoken} aria-live="polite">{unread > 0 ? t("notices.bell", { count: unread }) : ""}</span>
      </Badge>
    </Popover>
  );
}
