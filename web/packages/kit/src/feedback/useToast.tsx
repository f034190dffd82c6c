import { App, Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { useErrorWords } from "./ErrorNotice";

const UNDO_SECONDS = 10;

interface Toast {
  done: (words: string) => void;
  failed: (error: unknown) => void;
  /** Say what was done and offer to take it back. */
  undoable: (words: string, undo: () => void) => void;
}

export function useToast(): Toast {
  const { message, notification } = App.useApp();
  const { t } = useTranslation("kit");
  const words = useErrorWords();
  const count = useRef(0);
  return {
    done: (text) => void message.success(text),
    failed: (error) => void message.error(words(error)),
    undoable: (text, undo) => {
      const key = `undo-${(count.current += 1).toString()}`;
      const take = () => {
        notification.destroy(key);
        undo();
      };
      notification.success({
        key,
        title: text,
        duration: UNDO_SECONDS,
        role: "status",
        actions: <Button size="small" onClick={take}>{t("action.undo")}</Button>,
      });
    },
  };
}
