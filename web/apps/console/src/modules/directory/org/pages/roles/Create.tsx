import type { RoleBody } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { rightsCatalogueQuery, ROLES, useCreateRole } from "../../api/roles";
import { RoleForm } from "../../parts/roles/RoleForm";

const NOTHING: RoleBody = { name: "", description: "", rights: {}, revealed: [] };

export default function Create() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const toast = useToast();
  const create = useCreateRole();
  const { data: catalogue } = useQuery(rightsCatalogueQuery);
  const made = useRef<number>(undefined);
  const kept = useKeptForm<RoleBody>({
    name: "org.role.new",
    initial: NOTHING,
    submit: async (values) => { made.current = (await create.mutateAsync({ ...NOTHING, ...values })).id; },
  });
  const begin = (name: string) => {
    const preset = catalogue?.presets.find((each) => each.name === name);
    if (!preset) return;
    kept.form.setFieldsValue(preset);
    kept.changed();
  };
  const done = () => {
    toast.done(t("roles.made"));
    void navigate(`${ROLES}/${made.current?.toString() ?? ""}`);
  };
  return (
    <PageShell
      title={t("roles.create")} lead={t("roles.createLead")} width="wide"
      actions={catalogue && (
        <Select<string>
          aria-label={t("roles.template")} placeholder={t("roles.template")} value={null as unknown as undefined} popupMatchSelectWidth={false} style={{ minWidth: 140 }}
          options={catalogue.presets.map((preset) => ({ value: preset.name, label: preset.name }))} onChange={begin}
        />
      )}
    >
      <RoleForm kept={kept} mayChange submitLabel={t("roles.create")} onDone={done} />
    </PageShell>
  );
}
