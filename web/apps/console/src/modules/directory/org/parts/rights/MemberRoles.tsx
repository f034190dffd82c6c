import { PlusOutlined } from "@ant-design/icons";
import type { MemberRights, Named } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Select, Tag } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { rolesQuery, useGrantRole, useRevokeRole } from "../../api/roles";
import styles from "./Rights.module.css";

interface MemberRolesProps {
  found: MemberRights;
  mayChange: boolean;
  /** Beside the heading. */
  extra?: ReactNode;
}

/** The roles of a member; given and taken at once. */
export function MemberRoles({ found, mayChange, extra }: MemberRolesProps) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const { data } = useQuery(rolesQuery);
  const [chosen, setChosen] = useState<number>();
  const grant = useGrantRole();
  const revoke = useRevokeRole();
  const { member } = found;
  const mine = (role: Named) => mayChange && data?.items.some((each) => each.id === role.id && each.beyond.length === 0);
  const give = (id: number) => {
    grant.mutate({ id, members: [member.id] }, { onSuccess: () => { setChosen(undefined); toast.done(t("roles.granted", { count: 1 })); }, onError: toast.failed });
  };
  const take = (role: Named) => {
    revoke.mutate({ id: role.id, members: [member.id] }, {
      onSuccess: () => { toast.undoable(t("rights.taken", { role: role.name }), () => { give(role.id); }); },
      onError: toast.failed,
    });
  };
  const offered = (data?.items ?? []).filter((role) => role.beyond.length === 0 && !found.roles.some((held) => held.id === role.id));
  return (
    <Panel title={t("rights.roles")} extra={extra}>
      <div className={styles.roles}>
        {found.roles.length === 0 && <span className={styles.hint}>{t("rights.noRoles")}</span>}
        {found.roles.map((role) => (
          <Tag key={role.id} variant="filled" closable={mine(role) && { "aria-label": t("roles.revokeRole", { name: role.name }) }}
            onClose={(event) => { event.preventDefault(); take(role); }}>
            {role.name}
          </Tag>
        ))}
      </div>
      {mayChange && (
        <div className={styles.give}>
          <Select<number>
            style={{ flex: 1, minWidth: 0, maxWidth: 320 }} aria-label={t("rights.chooseRole")} placeholder={t("rights.chooseRole")} value={chosen} onChange={setChosen}
            options={offered.map((role) => ({ value: role.id, label: role.name }))}
          />
          <Button icon={<PlusOutlined />} disabled={chosen === undefined} loading={grant.isPending} onClick={() => { if (chosen !== undefined) give(chosen); }}>{t("roles.grant")}</Button>
        </div>
      )}
    </Panel>
  );
}
