import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import { ErrorNotice } from "../feedback/ErrorNotice";
import type { KeptForm } from "./useKeptForm";

/** What a form has to say above its fields: that a draft came back, that the server refused. */
export function FormNotices<Values extends object>({ kept }: { kept: KeptForm<Values> }) {
  const { t } = useTranslation("kit");
  return (
    <>
      {kept.restored && (
        <Alert
          type="info" showIcon title={t("form.restored")}
          action={<Button size="small" onClick={kept.drop}>{t("form.dropDraft")}</Button>}
        />
      )}
      {kept.error ? <ErrorNotice error={kept.error} /> : null}
    </>
  );
}
