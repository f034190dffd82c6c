import type { Duplicate, MergeSide } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import { useToast } from "@cove/kit/feedback/useToast";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { Time } from "@cove/kit/region/Time";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useDuplicates, useTellApart } from "../api";
import { MergeDialog } from "../parts/MergeDialog";
import styles from "./DuplicateList.module.css";

function Person({ side }: { side: MergeSide }) {
  const origin = [side.company_name, side.source.label].filter(Boolean).join(" · ");
  return (
    <Link to={`/people/contacts/${side.id.toString()}`} className={styles.person}>
      <PersonMark name={side.name} picture={side.avatar_url} size={28} />
      <span className={styles.words}>
        <span className={styles.name}>{side.name}</span>
        <span className={styles.origin}>{origin}</span>
      </span>
    </Link>
  );
}

function Reasons({ of }: { of: Duplicate }) {
  return (
    <span className={styles.reasons}>
      {of.reasons.map((reason) => (
        <span key={`${reason.kind}:${reason.value}`}>{reason.label} <span className={styles.origin}>{reason.value}</span></span>
      ))}
    </span>
  );
}

function Tools({ of, compare }: { of: Duplicate; compare: (pair: Duplicate) => void }) {
  const { t } = useTranslation("people");
  const toast = useToast();
  const apart = useTellApart();
  const tell = () => { apart.mutate(of.id, { onSuccess: () => { toast.done(t("duplicates.told")); }, onError: toast.failed }); };
  return (
    <span className={styles.tools}>
      <Button size="small" type="primary" onClick={() => { compare(of); }}>{t("duplicates.compare")}</Button>
      <Button size="small" loading={apart.isPending} onClick={tell}>{t("duplicates.different")}</Button>
    </span>
  );
}

/** Contacts who may be one person, for members to decide. */
export default function DuplicateList() {
  const { t } = useTranslation("people");
  const [pair, setPair] = useState<Duplicate>();
  const columns: Column<Duplicate>[] = [
    { key: "one", title: t("duplicates.who"), width: 220, render: (row) => <Person side={row.one} /> },
    { key: "other", title: t("duplicates.other"), width: 220, render: (row) => <Person side={row.other} /> },
    { key: "reasons", title: t("duplicates.reasons"), width: 260, render: (row) => <Reasons of={row} /> },
    { key: "at", title: t("duplicates.when"), width: 110, render: (row) => <Time at={row.last_at} /> },
    { key: "actions", title: t("duplicates.actions"), width: 230, render: (row) => <Tools of={row} compare={setPair} /> },
  ];
  return (
    <>
      <ListPage<Duplicate>
        name="people.duplicates"
        title={t("duplicates.title")}
        list={useDuplicates()}
        columns={columns}
        card={(row) => (
          <span className={styles.card}>
            <Person side={row.one} />
            <Person side={row.other} />
            <Reasons of={row} />
            <Tools of={row} compare={setPair} />
          </span>
        )}
        empty={{ title: t("duplicates.empty"), text: t("duplicates.emptyText") }}
      />
      {pair && <MergeDialog contact={pair.other} other={pair.one.id} close={() => { setPair(undefined); }} />}
    </>
  );
}
