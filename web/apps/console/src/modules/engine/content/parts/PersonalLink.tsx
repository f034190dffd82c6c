import type { Link } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { contactChoicesQuery, personalLinkQuery } from "../api";
import { LinkText } from "./LinkText";
import styles from "./PersonalLink.module.css";

const PAUSE = 300;

/** Choose a contact, copy the link that knows him. */
export function PersonalLink({ link }: { link: Link }) {
  const { t } = useTranslation("content");
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useState("");
  const [contact, setContact] = useState<number>();
  useEffect(() => {
    const timer = setTimeout(() => { setSearch(typed.trim()); }, PAUSE);
    return () => { clearTimeout(timer); };
  }, [typed]);
  const choices = useQuery(contactChoicesQuery(search));
  const personal = useQuery(personalLinkQuery(link.id, contact));
  return (
    <Panel title={t("personal.title")}>
      <div className={styles.personal}>
        <p className={styles.help}>{t("personal.help")}</p>
        <Select<number>
          showSearch={{ filterOption: false, onSearch: setTyped }} allowClear aria-label={t("personal.choose")} placeholder={t("personal.choose")}
          loading={choices.isFetching} value={contact} onChange={setContact} notFoundContent={t("personal.none")}
          options={(choices.data?.items ?? []).map((one) => ({ value: one.id, label: one.name || t("personal.unnamed") }))}
        />
        {personal.error && <ErrorNotice error={personal.error} retry={() => void personal.refetch()} />}
        {contact !== undefined && personal.data && <LinkText url={personal.data.url} />}
      </div>
    </Panel>
  );
}
