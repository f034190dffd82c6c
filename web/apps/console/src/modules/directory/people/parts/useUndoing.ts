import { useToast } from "@cove/kit/feedback/useToast";
import { useTranslation } from "react-i18next";

import { useUndoMerge } from "../api";

/** Undo a merge, and say what came of it: who is back, and what stays because it was changed since. */
export function useUndoing(): (mergeId: number, name: string) => void {
  const { t } = useTranslation("people");
  const toast = useToast();
  const { mutateAsync } = useUndoMerge();
  return (mergeId, name) => {
    // Not `mutate` with callbacks: the dialog that offered it may be gone by then.
    mutateAsync(mergeId).then(
      ({ kept }) => { toast.done(kept.length > 0 ? t("same.kept", { what: kept.join("、") }) : t("same.undone", { name })); },
      toast.failed,
    );
  };
}
