import { useMay } from "@cove/api/session";
import type { ContactPrivacy as Privacy } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { contactPrivacyQuery } from "../api";
import { Choices } from "../parts/Choices";
import { DataPart } from "../parts/DataPart";
import { LinkPart } from "../parts/LinkPart";
import styles from "../parts/privacy.module.css";

const COLOURS = { given: "success", withdrawn: "error", never_asked: "default" } as const;

interface Given {
  contactId: number;
  name: string;
}

function States({ privacy }: { privacy: Privacy }) {
  const { t } = useTranslation("privacy");
  const off = privacy.channels.filter((one) => one.unsubscribed);
  return (
    <ul className={styles.counts}>
      {privacy.consents.map((one) => (
        <li key={one.purpose}>
          <span>{one.name}</span>
          <span title={one.version > 0 ? t("purpose.version", { version: one.version }) : undefined}>
            <Tag color={COLOURS[one.state]}>{one.state_label}</Tag>
            {one.since && <span className={styles.aside}><Time at={one.since} /></span>}
          </span>
        </li>
      ))}
      <li>
        <span>{t("contact.unsubscribed")}</span>
        <span>{off.length === 0 ? t("contact.nothingOff") : off.map((one) => <Tag key={one.channel} color="error">{one.label}</Tag>)}</span>
      </li>
    </ul>
  );
}

function History({ privacy }: { privacy: Privacy }) {
  const { t } = useTranslation("privacy");
  if (privacy.history.length === 0) return null;
  return (
    <details className={styles.more}>
      <summary>{t("contact.history", { count: privacy.history.length })}</summary>
      {privacy.history.map((one) => (
        <div key={one.id} className={styles.version}>
          <div>{t(one.given ? "contact.agreed" : "contact.withdrew", { purpose: one.purpose, version: one.version })}</div>
          <p className={styles.aside}>{[one.source_label, one.member, one.reason].filter(Boolean).join(" · ")} · <Time at={one.at} /></p>
        </div>
      ))}
    </details>
  );
}

function Body({ contactId, name, privacy }: Given & { privacy: Privacy }) {
  const { t } = useTranslation("privacy");
  const may = useMay();
  const [open, setOpen] = useState(false);
  return (
    <>
      <States privacy={privacy} />
      <History privacy={privacy} />
      {may("privacy.record_consent") && (
        <>
          <div className={styles.buttons}>
            <Button size="small" onClick={() => { setOpen(true); }}>{t("contact.record")}</Button>
            <LinkPart contactId={contactId} links={privacy.links} />
          </div>
          <Choices contactId={contactId} privacy={privacy} open={open} close={() => { setOpen(false); }} />
        </>
      )}
      <DataPart contactId={contactId} name={name} privacy={privacy} />
    </>
  );
}

/** On a contact's page: what he allows, and what becomes of his data. */
export default function ContactPrivacy({ contactId, name }: Given) {
  const { t } = useTranslation("privacy");
  const mayAsk = useMay()("privacy.see_consents");
  const { data, error, refetch } = useQuery({ ...contactPrivacyQuery(contactId), enabled: mayAsk });
  if (!mayAsk) return null;
  return (
    <Panel title={t("contact.title")}>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Skeleton active paragraph={{ rows: 3 }} />)}
      {data && <Body contactId={contactId} name={name} privacy={data} />}
    </Panel>
  );
}
