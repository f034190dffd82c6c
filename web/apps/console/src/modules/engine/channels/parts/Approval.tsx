import { useTranslation } from "react-i18next";

import styles from "./Sms.module.css";

interface ApprovalProps {
  approval: "waiting" | "approved" | "refused";
  reason: string;
}

const LOOKS = { waiting: styles.quiet, approved: styles.good, refused: styles.bad } as const;

/** Whether a provider approved something, and why not. */
export function Approval({ approval, reason }: ApprovalProps) {
  const { t } = useTranslation("channels");
  return <span className={LOOKS[approval]}>{t(`sms.approval.${approval}`)}{approval === "refused" && reason ? ` · ${reason}` : ""}</span>;
}
