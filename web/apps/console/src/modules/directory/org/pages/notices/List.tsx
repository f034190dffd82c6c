import { SettingOutlined } from "@ant-design/icons";
import type { Notice } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Time } from "@cove/kit/region/Time";
import type { Column } from "@cove/kit/list/useColumns";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { noticeKindsQuery, useNotices, useReadAllNotices } from "../../api/notices";
import { NoticeLine } from "../../parts/NoticeLine";

/** Every notice of the last ninety days. */
export default function List() {
  const { t } = useTranslation("org");
  const [state] = useUrlState();
  const toast = useToast();
  const readAll = useReadAllNotices();
  const list = useNotices({ unread: state.state === "unread", kind: state.kind });
  const kinds = useQuery(noticeKindsQuery).data?.items ?? [];
  const columns: Column<Notice>[] = [
    { key: "notice", title: t("notices.title"), width: 520, render: (row) => <NoticeLine notice={row} whole untimed /> },
    { key: "kind", title: t("notices.kind"), width: 160, render: (row) => row.label },
    { key: "created_at", title: t("notices.when"), width: 120, render: (row) => <Time at={row.created_at} /> },
  ];
  return (
    <ListPage<Notice>
      name="org.notices"
      title={t("notices.title")}
      list={list}
      columns={columns}
      filters={[
        selectFilter({ key: "state", label: t("notices.state"), options: [{ value: "unread", label: t("notices.isUnread") }] }),
        selectFilter({ key: "kind", label: t("notices.kind"), options: kinds.map(({ kind, label }) => ({ value: kind, label })) }),
      ]}
      empty={{ title: t("notices.none"), text: t("notices.noneText") }}
      actions={(
        <>
          <Button loading={readAll.isPending} onClick={() => { readAll.mutate(list.rows[0]?.created_at ?? null, { onError: toast.failed }); }}>{t("notices.readAll")}</Button>
          <Link to="/account/notifications"><Button icon={<SettingOutlined />} aria-label={t("notices.choose")} title={t("notices.choose")} /></Link>
        </>
      )}
      card={(row) => <NoticeLine notice={row} whole />}
    />
  );
}
