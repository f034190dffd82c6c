import { Button, Form } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { PageShell } from "../page/PageShell";
import styles from "./FormPage.module.css";
import { FormNotices } from "./FormNotices";
import { LeaveGuard } from "./LeaveGuard";
import type { KeptForm } from "./useKeptForm";

interface FormPageProps<Values extends object> {
  title: string;
  /** Where cancelling leads. */
  back: string;
  kept: KeptForm<Values>;
  submitLabel: string;
  /** Beside the form: a preview. */
  aside?: ReactNode;
  onDone: () => void;
  children: ReactNode;
}

export function FormPage<Values extends object>({ title, back, kept, submitLabel, aside, onDone, children }: FormPageProps<Values>) {
  const { t } = useTranslation("kit");
  const navigate = useNavigate();
  const submit = async () => { if (await kept.send()) onDone(); };
  return (
    <PageShell title={title} width="wide">
      <Form<Values>
        form={kept.form} layout="vertical" requiredMark="optional" scrollToFirstError={{ block: "center" }}
        initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}
      >
        <div className={aside ? styles.beside : undefined}>
          <div className={styles.form}>
            <FormNotices kept={kept} />
            {children}
          </div>
          {aside && <div className={styles.aside}>{aside}</div>}
        </div>
        <div className={styles.footer}>
          <Button type="primary" htmlType="submit" loading={kept.busy}>{submitLabel}</Button>
          <Button onClick={() => void navigate(back)}>{t("action.cancel")}</Button>
        </div>
      </Form>
      <LeaveGuard active={kept.dirty && !kept.busy} drop={kept.drop} />
    </PageShell>
  );
}
