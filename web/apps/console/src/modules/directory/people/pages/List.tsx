import { useMay } from "@cove/api/session";
import type { Contact } from "@cove/api/types";
import { selectFilter, type FilterField } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import { urlNumber, useUrlState } from "@cove/kit/list/useUrlState";
import { Slot } from "@cove/kit/slots/Slots";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { MemberPicker } from "../../org/embed/MemberPicker";
import { chosenBy, chosenOne, SORTS, STATES, useContacts } from "../api";
import { ContactCard } from "../embed/ContactCard";
import { ManyTools } from "../parts/ManyTools";
import { TagFilter } from "../parts/TagFilter";
import { useContactColumns } from "../parts/useContactColumns";
import "../embed/slots";

const SOURCES = ["live_code", "wecom", "official_account", "miniprogram", "web", "console"] as const;
const CODES = "/attract/live-codes";

function useFilters(): FilterField[] {
  const { t } = useTranslation("people");
  const may = useMay();
  const fields: FilterField[] = [
    {
      key: "tag_id",
      label: t("filter.tag"),
      control: (value, change) => <TagFilter value={urlNumber(value)} change={(id) => { change(id?.toString()); }} />,
    },
    {
      key: "owner_id",
      label: t("filter.owner"),
      control: (value, change) => (
        <MemberPicker value={urlNumber(value)} placeholder={t("filter.owner")} allowClear onChange={(member) => { change(member?.id.toString()); }} />
      ),
    },
    {
      key: "code_id",
      label: t("filter.code"),
      control: (value, change) => <Slot name="contacts.codeFilter" given={{ value: urlNumber(value), change: (id) => { change(id?.toString()); } }} />,
    },
    selectFilter({ key: "source", label: t("filter.source"), options: SOURCES.map((value) => ({ value, label: t(`source.${value}`) })) }),
    selectFilter({ key: "state", label: t("filter.state"), options: STATES.map((value) => ({ value, label: t(`state.${value}`) })) }),
    selectFilter({ key: "sort", label: t("filter.sort"), options: SORTS.map((value) => ({ value, label: t(`sort.${value}`) })) }),
  ];
  return fields.filter((field) => (field.key !== "owner_id" || may("org.see_members")) && (field.key !== "code_id" || may("live_codes.see")));
}

export default function List() {
  const { t } = useTranslation("people");
  const [filters] = useUrlState();
  const navigate = useNavigate();
  const may = useMay();
  const mayCreateCode = may("live_codes.create");
  const mayMany = may("people.update_many") || may("people.export_contacts");
  return (
    <ListPage<Contact>
      name="contacts"
      title={t("list.title")}
      list={useContacts(filters)}
      columns={useContactColumns()}
      actions={<><Slot name="contacts.reach" given={{ filters }} />{mayMany && <ManyTools chosen={chosenBy(filters)} />}</>}
      batch={mayMany ? (rows, done) => <ManyTools chosen={chosenOne(rows.map((row) => row.id))} size="small" done={done} /> : undefined}
      filters={useFilters()}
      search={t("list.search")}
      href={(id) => `/people/contacts/${id.toString()}`}
      card={(contact) => <ContactCard contact={contact} />}
      empty={{
        title: t("list.empty"),
        text: t("list.emptyText"),
        action: mayCreateCode && <Button type="primary" onClick={() => void navigate(`${CODES}/new`)}>{t("list.emptyAction")}</Button>,
      }}
    />
  );
}
