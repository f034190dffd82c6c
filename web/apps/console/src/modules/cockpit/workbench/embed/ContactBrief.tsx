import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { contactBriefQuery } from "../api";
import { BriefText } from "../parts/BriefText";

/** On the page of a contact who was handed over: what the next person should know. */
export default function ContactBrief({ contactId }: { contactId: number }) {
  const { t } = useTranslation("workbench");
  const { data } = useQuery(contactBriefQuery(contactId));
  if (!data) return null;
  return <Panel title={t("brief.title")}><BriefText brief={data} /></Panel>;
}
