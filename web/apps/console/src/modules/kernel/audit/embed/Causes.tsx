import type { AuditCause } from "@cove/api/types";
import { useTranslation } from "react-i18next";

/** The facts and rules that led to a deed, the first cause first. */
export function Causes({ causes }: { causes: AuditCause[] }) {
  const { t } = useTranslation("audit");
  return (
    <>
      {causes.map((cause) => (
        <div key={`${cause.fact.toString()} ${cause.rule}`}>
          {cause.rule_label
            ? t("detail.cause", { fact: cause.fact_label, id: cause.fact, rule: cause.rule_label })
            : t("detail.causeBare", { fact: cause.fact_label, id: cause.fact, rule: cause.rule })}
        </div>
      ))}
    </>
  );
}
