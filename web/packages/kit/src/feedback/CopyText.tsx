import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface CopyTextProps {
  text: string;
  /** What is copied, for those who cannot see it. */
  label: string;
  showLabel?: boolean;
}

/** Clipboards are closed on plain-HTTP addresses; a hidden field is the way round. */
async function copy(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy"); // eslint-disable-line @typescript-eslint/no-deprecated -- the only way outside a secure context
  field.remove();
}

export function CopyText({ text, label, showLabel = false }: CopyTextProps) {
  const { t } = useTranslation("kit");
  const [copied, setCopied] = useState(false);
  const onClick = () => {
    void copy(text).then(() => {
      setCopied(true);
      setTimeout(() => { setCopied(false); }, 2000);
    });
  };
  return (
    <Button
      size="small"
      type={showLabel ? "default" : "text"}
      icon={copied ? <CheckOutlined /> : <CopyOutlined />}
      aria-label={label}
      onClick={onClick}
    >
      {showLabel ? (copied ? t("action.copied") : label) : null}
    </Button>
  );
}
