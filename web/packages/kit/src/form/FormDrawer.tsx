import { Button, Drawer, Form } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { FormNotices } from "./FormNotices";
import styles from "./FormPage.module.css";
import type { KeptForm } from "./useKeptForm";

interface FormDrawerProps<Values extends object> {
  title: string;
  /** Address of the page behind. */
  parent: string;
  kept: KeptForm<Values>;
  submitLabel: string;
  onDone: () => void;
  children: ReactNode;
}

/** A short form over its list. Closing keeps the draft; it is back when the form is opened again. */
export function FormDrawer<Values extends object>({ title, parent, kept, submitLabel, onDone, children }: FormDrawerProps<Values>) {
  const { t } = useTranslation("kit");
  const navigate = useNavigate();
  const close = () => void navigate(parent);
  const submit = async () => { if (await kept.send()) onDone(); };
  return (
    <Drawer
      open size="min(520px, 100vw)" title={title} onClose={close}
      footer={
        <>
          <Button type="primary" loading={kept.busy} onClick={() => { kept.form.submit(); }}>{submitLabel}</Button>{" "}
          <Button onClick={close}>{t("action.cancel")}</Button>
        </>
      }
    >
      <Form<Values>
        form={kept.form} layout="vertical" requiredMark="optional"
        initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}
      >
        <div className={styles.form}>
          <FormNotices kept={kept} />
          {children}
        </div>
      </Form>
    </Drawer>
  );
}
