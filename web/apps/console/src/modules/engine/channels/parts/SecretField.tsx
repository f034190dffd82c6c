import { Input } from "antd";
import { useTranslation } from "react-i18next";

interface SecretFieldProps {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  disabled?: boolean;
  isSet: boolean;
}

/** A secret can be written, never read back. */
export function SecretField({ id, value = "", onChange, disabled, isSet }: SecretFieldProps) {
  const { t } = useTranslation("channels");
  return (
    <Input.Password
      id={id} value={value} disabled={disabled} autoComplete="new-password" spellCheck={false}
      placeholder={isSet ? t("form.isSet") : t("form.isNotSet")}
      onChange={(event) => onChange?.(event.target.value)}
    />
  );
}
