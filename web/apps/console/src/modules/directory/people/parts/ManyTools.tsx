import { ExportOutlined, SwapOutlined, TagsOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { ChosenContacts } from "@cove/api/types";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ExportDialog } from "./ExportDialog";
import { UpdateDialog } from "./UpdateDialog";

type Open = "export" | "tags" | "owner" | undefined;

/** What can be done to many contacts at once: to those chosen, or to all that the filters find. */
export function ManyTools({ chosen, size, done }: { chosen: ChosenContacts; size?: "small"; done?: () => void }) {
  const { t } = useTranslation("people");
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const close = () => { setOpen(undefined); };
  return (
    <>
      {may("people.update_many") && <Button size={size} icon={<TagsOutlined />} onClick={() => { setOpen("tags"); }}>{t("many.update")}</Button>}
      {may("people.update_many") && may("people.hand_over") && (
        <Button size={size} icon={<SwapOutlined />} onClick={() => { setOpen("owner"); }}>{t("many.owner")}</Button>
      )}
      {may("people.export_contacts") && <Button size={size} icon={<ExportOutlined />} onClick={() => { setOpen("export"); }}>{t("many.export")}</Button>}
      {open === "export" && <ExportDialog chosen={chosen} close={close} />}
      {(open === "tags" || open === "owner") && <UpdateDialog chosen={chosen} what={open} close={() => { close(); done?.(); }} />}
    </>
  );
}
