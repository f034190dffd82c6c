import type { LiveCode } from "@cove/api/types";
import { useTranslation } from "react-i18next";

import { qrAddress } from "../api";
import styles from "./Qr.module.css";

/** The picture of a code, on white in both themes so that cameras read it. */
export function Qr({ code, size }: { code: LiveCode; size: number }) {
  const { t } = useTranslation("live_codes");
  return <img src={qrAddress(code.id, "svg")} alt={t("qrOf", { name: code.name })} width={size} height={size} loading="lazy" className={styles.qr} />;
}
