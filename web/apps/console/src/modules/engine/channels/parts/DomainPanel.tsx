import { DeleteOutlined } from "@ant-design/icons";
import type { EmailDomain } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { Button, Popconfirm, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { EMAIL, useCheckDomain, useRemoveDomain, useTryRelay } from "../api/email";
import styles from "./DomainPanel.module.css";
import { DomainKey } from "./DomainKey";
import { DomainRecord } from "./DomainRecord";
import { DomainSenders } from "./DomainSenders";

interface DomainPanelProps {
  domain: EmailDomain;
  mayChange: boolean;
}

function Actions({ domain, mayChange }: DomainPanelProps) {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const toast = useToast();
  const check = useCheckDomain();
  const remove = useRemoveDomain();
  const relay = useTryRelay();
  const { id, name, host } = domain;
  const look = () => { check.mutate(id, { onSuccess: () => { toast.done(t("email.checked", { name })); }, onError: toast.failed }); };
  const drop = () => { remove.mutate(id, { onSuccess: () => { toast.done(t("email.removed", { name })); }, onError: toast.failed }); };
  const greet = () => {
    relay.mutate(id, {
      onSuccess: ({ ok, answer }) => {
        if (ok) toast.done(t("email.tryGood", { host }));
        else toast.failed(new Error(t("email.tryBad", { host, answer })));
      },
      onError: toast.failed,
    });
  };
  return (
    <div className={styles.actions}>
      <Button size="small" loading={check.isPending} onClick={look}>{t("email.check")}</Button>
      {mayChange && <Button size="small" loading={relay.isPending} onClick={greet}>{t("email.try")}</Button>}
      {mayChange && <Button size="small" onClick={() => void navigate(`${EMAIL}/${id.toString()}`)}>{t("email.edit")}</Button>}
      {mayChange && (
        <Popconfirm title={t("email.removeTitle", { name })} description={t("email.removeText")} okText={t("email.remove")} onConfirm={drop}>
          <Button size="small" type="text" icon={<DeleteOutlined />} loading={remove.isPending} aria-label={t("email.remove")} title={t("email.remove")} />
        </Popconfirm>
      )}
    </div>
  );
}

/** A domain in whose name mail goes out: its records, and who sends. */
export function DomainPanel({ domain, mayChange }: DomainPanelProps) {
  const { t } = useTranslation("channels");
  const title = <>{domain.name} {domain.off && <Tag>{t("email.off")}</Tag>}</>;
  return (
    <Panel title={title} extra={<Actions domain={domain} mayChange={mayChange} />}>
      <p className={styles.second}>
        {domain.host}:{domain.port} · {domain.checked_at ? <>{t("email.checkedAt")} <Time at={domain.checked_at} /></> : t("email.never")}
      </p>
      <div className={styles.records}>{domain.records.map((record) => <DomainRecord key={record.key} record={record} />)}</div>
      {mayChange && <DomainKey domain={domain} />}
      <DomainSenders domain={domain} mayChange={mayChange} />
    </Panel>
  );
}
