import type { Contact } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { Panel } from "@cove/kit/page/Panel";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { ContactCard } from "../../../directory/people/embed/ContactCard";
import styles from "./NewContacts.module.css";

export function NewContacts({ contacts }: { contacts: Contact[] | undefined }) {
  const { t } = useTranslation("workbench");
  return (
    <Panel title={t("newest.title")} extra={<Link to="/people/contacts">{t("newest.all")}</Link>}>
      {!contacts && <Skeleton active avatar paragraph={{ rows: 5 }} />}
      {contacts?.length === 0 && <Empty title={t("newest.empty")} text={t("newest.emptyText")} />}
      <ul className={styles.list}>
        {contacts?.map((contact) => (
          <li key={contact.id}>
            <Link to={`/people/contacts/${contact.id.toString()}`} className={styles.link}><ContactCard contact={contact} /></Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
