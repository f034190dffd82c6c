import { ReloadOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { ApiError, UNREACHABLE } from "@cove/api/errors";
import { useTranslation } from "react-i18next";

import { WhoCanGive } from "./WhoCanGive";

/** What went wrong, in words: the server's own where it gave some. */
export function useErrorWords(): (error: unknown) => string {
  const { t } = useTranslation("kit");
  return (error) => {
    if (!(error instanceof ApiError)) return t("error.unexpected");
    if (error.message) return error.message;
    return error.code === UNREACHABLE ? t("error.unreachable") : t("error.server", { status: error.status });
  };
}

interface ErrorNoticeProps {
  error: unknown;
  retry?: () => void;
}

export function ErrorNotice({ error, retry }: ErrorNoticeProps) {
  const { t } = useTranslation("kit");
  const words = useErrorWords();
  // What was refused for a reason the reader can mend needs no administrator.
  const requestId = error instanceof ApiError && error.status >= 500 ? error.requestId : "";
  const needs = error instanceof ApiError ? error.needs : "";
  return (
    <Alert
      type="error"
      showIcon
      title={words(error)}
      description={needs ? <WhoCanGive operation={needs} /> : requestId ? t("error.reference", { id: requestId }) : undefined}
      action={retry && <Button size="small" icon={<ReloadOutlined />} onClick={retry}>{t("action.retry")}</Button>}
    />
  );
}
