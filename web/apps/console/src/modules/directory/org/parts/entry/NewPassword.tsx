import { Form } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./entry.module.css";
import { PasswordInput } from "./PasswordInput";
import { useStrength } from "./useStrength";

const LONGEST = 128;

interface NewPasswordProps {
  label: string;
  /** Words a guesser would begin with: name, e-mail, company. */
  known: string[];
  autoFocus?: boolean;
}

/** A new password with a meter under it; the field of the form is called `password`. */
export function NewPassword({ label, known, autoFocus = false }: NewPasswordProps) {
  const { t } = useTranslation("org");
  const form = Form.useFormInstance<{ password?: string }>();
  const typed = Form.useWatch("password", form) ?? "";
  const strength = useStrength(typed, known);
  const words = ["password.score0", "password.score1", "password.score2", "password.score3", "password.score4"] as const;
  const score = strength?.score ?? 0;
  return (
    <Form.Item label={label} required>
      <Form.Item name="password" noStyle rules={[{ required: true, message: t("password.newNeeded") }]}>
        <PasswordInput autoComplete="new-password" maxLength={LONGEST} autoFocus={autoFocus} aria-label={label} aria-describedby="password-strength" />
      </Form.Item>
      <div className={styles.meter} data-score={score} aria-hidden="true"><span /><span /><span /><span /></div>
      <span id="password-strength" className={styles.advice} role="status">
        {strength ? [t(words[score] ?? "password.score0"), ...strength.advice].join(" · ") : t("password.hint")}
      </span>
    </Form.Item>
  );
}
