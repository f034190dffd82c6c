import { Form, type FormInstance } from "antd";
import { useState } from "react";

import { fieldFaults } from "./fieldErrors";
import { useDraft } from "./useDraft";

interface KeptFormOptions<Values> {
  /** Name of the draft; say which thing is edited. */
  name: string;
  initial: Values;
  submit: (values: Values) => Promise<unknown>;
  /** Fields that are never written to the browser's storage. */
  secrets?: readonly (keyof Values)[];
}

export interface KeptForm<Values> {
  form: FormInstance<Values>;
  initial: Values;
  restored: boolean;
  dirty: boolean;
  busy: boolean;
  error: unknown;
  changed: () => void;
  send: () => Promise<boolean>;
  drop: () => void;
}

/** A form whose unsaved work survives, and which shows the server's words at the fields they are about. */
export function useKeptForm<Values extends object>({ name, initial, submit, secrets = [] }: KeptFormOptions<Values>): KeptForm<Values> {
  const [form] = Form.useForm<Values>();
  const draft = useDraft<Values>(name);
  const [dirty, setDirty] = useState(draft.kept !== undefined);
  const [restored, setRestored] = useState(draft.kept !== undefined);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const drop = () => {
    draft.drop();
    setDirty(false);
    setRestored(false);
  };
  const send = async (): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await submit(form.getFieldsValue(true) as Values);
      drop();
      return true;
    } catch (reason) {
      const faults = fieldFaults(reason);
      form.setFields(faults as unknown as Parameters<typeof form.setFields>[0]);
      const first = faults[0];
      if (first) form.scrollToField(first.name as Parameters<typeof form.scrollToField>[0], { block: "center" });
      setError(reason);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return {
    form, dirty, restored, busy, error, send,
    initial: draft.kept ? { ...initial, ...draft.kept } : initial,
    changed: () => {
      setDirty(true);
      const values = form.getFieldsValue(true) as Values;
      draft.keep({ ...values, ...Object.fromEntries(secrets.map((secret) => [secret, undefined])) });
    },
    drop: () => {
      drop();
      form.setFieldsValue(initial as Parameters<typeof form.setFieldsValue>[0]);
    },
  };
}
