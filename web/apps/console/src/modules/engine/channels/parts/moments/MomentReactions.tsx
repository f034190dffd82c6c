import type { MomentReaction } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { Segmented, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { REACTIONS, useMomentReactions, type Reaction } from "../../api/moments";
import styles from "../mass/Mass.module.css";

/** Which customers liked it or commented on it; WeCom does not tell what they wrote. */
export function MomentReactions({ id }: { id: number }) {
  const { t } = useTranslation("channels");
  const [form, choose] = useState<Reaction | "all">("all");
  const list = useMomentReactions(id, form === "all" ? undefined : form);
  const name = ({ contact }: MomentReaction) => (contact
    ? <Link to={`/people/contacts/${contact.id.toString()}`}>{contact.name || t("groups.unnamed")}</Link>
    : <span className={styles.second}>{t("moments.hidden")}</span>);
  const options = (["all", ...REACTIONS] as const).map((value) => ({ value, label: t(`moments.forms.${value}`) }));
  return (
    <Panel title={t("moments.reactions")} flush>
      <div className={styles.filter}>
        <Segmented value={form} onChange={choose} options={options} aria-label={t("moments.reactions")} />
        <p className={styles.second}>{t("moments.reactionsText")}</p>
      </div>
      {list.error ? <ErrorNotice error={list.error} retry={list.retry} /> : (
        <Table<MomentReaction>
          aria-label={t("moments.reactions")} size="small" rowKey="id" dataSource={list.rows} loading={list.loading}
          pagination={false} scroll={{ x: "max-content" }} locale={{ emptyText: list.loading ? " " : t("moments.noReactions") }}
          columns={[
            { key: "name", title: t("moments.customer"), render: (_, row) => name(row) },
            { key: "form", title: t("moments.form"), render: (_, row) => t(`moments.forms.${row.form}`) },
            { key: "member", title: t("moments.member"), render: (_, row) => row.member?.name ?? "" },
            { key: "at", title: t("moments.at"), render: (_, row) => <Time at={row.at} /> },
          ]}
        />
      )}
      <More list={list} />
    </Panel>
  );
}
