import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import type { Role } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { holdersQuery, useGrantRole, useRevokeRole } from "../../api/roles";
import { MembersPicker } from "./MembersPicker";
import styles from "./Holders.module.css";

const MANY = 20;

/** Who holds a role; giving and taking it happens at once. */
export function Holders({ role, mayChange }: { role: Role; mayChange: boolean }) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<number[]>([]);
  const { data, error } = useQuery(holdersQuery(role.id, search));
  const grant = useGrantRole();
  const revoke = useRevokeRole();
  const give = (members: number[]) => {
    grant.mutate({ id: role.id, members }, {
      onSuccess: ({ changed }) => { setChosen([]); toast.done(t("roles.granted", { count: changed })); },
      onError: toast.failed,
    });
  };
  const take = (id: number, name: string) => {
    revoke.mutate({ id: role.id, members: [id] }, {
      onSuccess: () => { toast.undoable(t("roles.revoked", { name }), () => { give([id]); }); },
      onError: toast.failed,
    });
  };
  const members = data?.items ?? [];
  return (
    <Panel
      title={<>{t("roles.holders")} <span className={styles.count}>{data?.total ?? role.members}</span></>}
      extra={(role.members > MANY || search) && (
        <Input.Search size="small" allowClear className={styles.search} aria-label={t("roles.findHolder")} placeholder={t("roles.findHolder")} onSearch={setSearch} />
      )}
    >
      {error && <ErrorNotice error={error} />}
      {data && members.length === 0 && <p className={styles.none}>{t("roles.nobody")}</p>}
      <ul className={styles.list}>
        {members.map((member) => (
          <li key={member.id} className={styles.holder}>
            <PersonMark name={member.name} size={22} />
            <Link to={`/settings/members/${member.id.toString()}/rights`}>{member.name}</Link>
            {!member.active && <span className={styles.none}>{t("roles.left")}</span>}
            {mayChange && (
              <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t("roles.revoke", { name: member.name })} onClick={() => { take(member.id, member.name); }} />
            )}
          </li>
        ))}
      </ul>
      {data && (data.total ?? 0) > members.length && <p className={styles.none}>{t("roles.more", { count: (data.total ?? 0) - members.length })}</p>}
      {mayChange && (
        <div className={styles.give}>
          <MembersPicker value={chosen} onChange={setChosen} except={members.map((member) => member.id)} />
          <Button icon={<PlusOutlined />} disabled={chosen.length === 0} loading={grant.isPending} onClick={() => { give(chosen); }}>{t("roles.grant")}</Button>
        </div>
      )}
    </Panel>
  );
}
