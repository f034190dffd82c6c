import type { LiveCode } from "@cove/api/types";
import type { Column } from "@cove/kit/list/useColumns";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Popover } from "antd";
import { useTranslation } from "react-i18next";

import { TagLine } from "../../../directory/people/embed/TagLine";
import styles from "./codeColumns.module.css";
import { LinkText } from "./LinkText";
import { Qr } from "./Qr";

export function useCodeColumns(): Column<LiveCode>[] {
  const { t } = useTranslation("live_codes");
  const members = (code: LiveCode) => code.members.map((member) => member.name).join("、");
  return [
    {
      key: "name",
      title: t("field.name"),
      width: 230,
      render: (code) => (
        <span className={styles.name}>
          <Popover content={<Qr code={code} size={200} />} placement="right" mouseEnterDelay={0.3}>
            <span><Qr code={code} size={22} /></span>
          </Popover>
          <span className={styles.text}>{code.name}</span>
        </span>
      ),
    },
    { key: "link", title: t("shortLink"), width: 220, render: (code) => <LinkText url={code.short_url} /> },
    { key: "members", title: t("field.members"), width: 160, render: (code) => <span title={members(code)}>{members(code)}</span> },
    { key: "tags", title: t("field.tags"), width: 180, render: (code) => <TagLine tags={code.tags} /> },
    { key: "scans", title: t("figure.scans"), width: 84, align: "right", render: (code) => <Count value={code.figures.scans} /> },
    { key: "adds", title: t("figure.adds"), width: 84, align: "right", render: (code) => <Count value={code.figures.adds} /> },
    { key: "losses", title: t("figure.losses"), width: 84, align: "right", render: (code) => <Count value={code.figures.losses} /> },
    { key: "created_at", title: t("createdAt"), width: 120, render: (code) => <Time at={code.deleted_at ?? code.created_at} /> },
    { key: "created_by", title: t("createdBy"), width: 110, optional: true, render: (code) => code.created_by?.name ?? "" },
  ];
}
