import type { InvitationSent } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { Alert, Button, Input, Modal, Space } from "antd";
import { useTranslation } from "react-i18next";

interface InvitationLinkProps {
  sent: InvitationSent | undefined;
  close: () => void;
}

/** The link of an invitation just sent: it is shown this once. */
export function InvitationLink({ sent, close }: InvitationLinkProps) {
  const { t } = useTranslation("org");
  return (
    <Modal open={sent !== undefined} title={t("invitations.linkTitle")} onCancel={close} footer={<Button type="primary" onClick={close}>{t("invitations.done")}</Button>}>
      {sent && (
        <Space orientation="vertical" size={12} style={{ width: "100%" }}>
          {sent.mailed
            ? <Alert type="success" showIcon title={t("invitations.mailed", { email: sent.email })} />
            : <Alert type="warning" showIcon title={t("invitations.notMailed")} description={t("invitations.notMailedText")} />}
          <span>{t("invitations.linkText")}</span>
          <Input readOnly value={sent.link} aria-label={t("invitations.link")} onFocus={(event) => { event.target.select(); }} />
          <CopyText text={sent.link} label={t("invitations.copy")} showLabel />
        </Space>
      )}
    </Modal>
  );
}
