import type { Link } from "@cove/api/types";
import type { Column } from "@cove/kit/list/useColumns";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import { LinkName } from "./LinkName";
import { LinkText } from "./LinkText";

export function useLinkColumns(): Column<Link>[] {
  const { t } = useTranslation("content");
  return [
    { key: "name", title: t("field.name"), width: 230, render: (link) => <LinkName link={link} /> },
    { key: "link", title: t("shortLink"), width: 210, render: (link) => <LinkText url={link.short_url} /> },
    { key: "target", title: t("field.target"), width: 260, render: (link) => <span title={link.location}>{link.target}</span> },
    { key: "clicks", title: t("figure.clicks"), width: 84, align: "right", render: (link) => <Count value={link.figures.clicks} /> },
    { key: "recipients", title: t("figure.recipients"), width: 104, align: "right", render: (link) => <Count value={link.figures.recipients} /> },
    { key: "suspicious", title: t("figure.suspicious"), width: 84, align: "right", optional: true, render: (link) => <Count value={link.figures.suspicious} /> },
    { key: "expires_at", title: t("field.until"), width: 120, optional: true, render: (link) => (link.expires_at ? <Time at={link.expires_at} /> : t("forEver")) },
    { key: "created_at", title: t("createdAt"), width: 120, render: (link) => <Time at={link.deleted_at ?? link.created_at} /> },
    { key: "created_by", title: t("createdBy"), width: 110, optional: true, render: (link) => link.created_by?.name ?? "" },
  ];
}
