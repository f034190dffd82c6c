import { PageShell } from "@cove/kit/page/PageShell";
import { useTranslation } from "react-i18next";

import { NoticeChoices } from "../../embed/NoticeChoices";

/** How members are told who did not choose themselves. */
export default function Detail() {
  const { t } = useTranslation("org");
  return <PageShell title={t("notices.defaults")} lead={t("notices.defaultsLead")} width="wide"><NoticeChoices defaults /></PageShell>;
}
