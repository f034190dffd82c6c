import type { ApiKeyMade } from "@cove/api/types";
import { DetailDrawer } from "@cove/kit/detail/DetailDrawer";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { ShownOnce } from "@cove/kit/feedback/ShownOnce";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { keyChoicesQuery, useCreateKey, type KeyScopes } from "../../api/keys";
import { RightsField } from "../../parts/RightsField";
import styles from "./Create.module.css";

const LIST = "/settings/api-keys";
const DAYS = [30, 90, 180, 365] as const;

interface NewKey {
  name: string;
  days: number;
  rights: KeyScopes;
  revealed: string[];
}

const NOTHING: NewKey = { name: "", days: 365, rights: {}, revealed: [] };

const dateAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

export default function Create() {
  const { t } = useTranslation("org");
  const { data: choices, error, refetch } = useQuery(keyChoicesQuery);
  const create = useCreateKey();
  const someRight = (_: unknown, rights: KeyScopes) => Object.keys(rights).length > 0 ? Promise.resolve() : Promise.reject(new Error(t("keys.rightsNeeded")));
  const [made, setMade] = useState<ApiKeyMade>();
  const kept = useKeptForm<NewKey>({
    name: "org.key.new",
    initial: NOTHING,
    submit: async ({ name, days, rights, revealed }) => {
      setMade(await create.mutateAsync({ name, rights, revealed, expires_at: dateAfter(days) }));
    },
  });
  if (made) {
    return (
      <DetailDrawer parent={LIST} title={made.key.name} size={520}>
        <div className={styles.made}>
          <Panel><ShownOnce title={t("keys.madeTitle")} text={t("keys.madeText")} secret={made.text} copyLabel={t("keys.copy")} /></Panel>
          <Panel title={t("keys.tryTitle")}><pre className={styles.code}>{`curl ${location.origin}/api/contacts \\\n  -H "Authorization: Bearer ${made.text}"`}</pre></Panel>
        </div>
      </DetailDrawer>
    );
  }
  return (
    <FormDrawer<NewKey> title={t("keys.create")} parent={LIST} kept={kept} submitLabel={t("keys.create")} onDone={() => undefined}>
      {choices ? (
        <div>
          <Form.Item name="name" label={t("keys.name")} rules={[{ required: true, whitespace: true, message: t("keys.nameNeeded") }]}>
            <Input placeholder={t("keys.nameHint")} maxLength={60} autoFocus />
          </Form.Item>
          <Form.Item name="days" label={t("keys.expires")} required>
            <Select options={DAYS.map((value) => ({ value, label: t("keys.days", { count: value }) }))} />
          </Form.Item>
          <Form.Item name="rights" label={t("keys.rights")} extra={t("keys.rightsHint")} rules={[{ required: true, validator: someRight }]}>
            <RightsField choices={choices.rights} />
          </Form.Item>
          {choices.fields.length > 0 && (
            <Form.Item name="revealed" label={t("keys.fields")} extra={t("keys.fieldsHint")}>
              <Checkbox.Group options={choices.fields.map(({ key, label }) => ({ value: key, label }))} />
            </Form.Item>
          )}
        </div>
      ) : error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />}
    </FormDrawer>
  );
}
