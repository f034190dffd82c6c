import { useTexts, wordsOf } from "../texts";
import { WecomRefusal } from "../wecom";
import { Message } from "./Message";

/** What kept the page from being shown, and what helps. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTexts();
  const act = { label: t("retry"), run: retry };
  if (error instanceof WecomRefusal) {
    if (error.words === "timeout") return <Message title={t("trouble")} text={t("late")} act={act} />;
    const words = error.code > 0 ? `${error.words} (${error.code.toString()})` : error.words;
    return <Message title={t("refused")} text={t("refusedText")} more={t("refusedSaid", { words })} act={act} />;
  }
  return <Message title={t("trouble")} text={wordsOf(error, t)} act={act} />;
}
