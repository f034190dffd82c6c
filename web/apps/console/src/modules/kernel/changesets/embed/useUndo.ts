import { useToast } from "@cove/kit/feedback/useToast";
import { useTranslation } from "react-i18next";

import { useUndoChange } from "../api";

/** Undo a change of many, from wherever it was told of. */
export function useUndo(): (id: number) => void {
  const { t } = useTranslation("changesets");
  const toast = useToast();
  const undo = useUndoChange();
  return (id) => { undo.mutate(id, { onSuccess: () => { toast.done(t("undoStarted")); }, onError: toast.failed }); };
}
