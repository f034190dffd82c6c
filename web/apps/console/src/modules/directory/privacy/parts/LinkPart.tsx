import { CopyText } from "@cove/kit/feedback/CopyText";
import { useToast } from "@cove/kit/feedback/useToast";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";

import { useMakeLink, useRevokeLinks } from "../api";

/** The link that is sent to a contact, so that he may choose himself. It is shown once. */
export function LinkPart({ contactId, links }: { contactId: number; links: number }) {
  const { t } = useTranslation("privacy");
  const toast = useToast();
  const make = useMakeLink(contactId);
  const revoke = useRevokeLinks(contactId);
  const withdraw = () => {
    revoke.mutate(undefined, {
      onSuccess: () => {
        make.reset();
        toast.done(t("link.revoked"));
      },
      onError: toast.failed,
    });
  };
  return (
    <>
      {make.data
        ? <CopyText text={make.data.url} label={t("link.copy")} showLabel />
        : <Button size="small" loading={make.isPending} onClick={() => { make.mutate(undefined, { onError: toast.failed }); }}>{t("link.make")}</Button>}
      {links > 0 && (
        <Popconfirm title={t("link.revokeTitle")} description={t("link.revokeText", { count: links })} okText={t("link.revoke")} onConfirm={withdraw}>
          <Button size="small" type="text">{t("link.revoke")}</Button>
        </Popconfirm>
      )}
    </>
  );
}
