import { sessionQuery } from "@cove/api/session";
import type { TimelineItem } from "@cove/api/types";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";

import { latestQuery } from "../api";
import { useTexts, wordsOf } from "../texts";
import { DeleteNote } from "./DeleteNote";
import styles from "./Latest.module.css";
import { inLines, type Line } from "./visits";

const LINES = 12;
const SEEN = "tracking.page_viewed";
const NOTE = "people.note_written";

interface LatestProps {
  contactId: number;
  /** Whether the member may delete the notes he wrote. */
  mayDelete: boolean;
}

/** What happened last, newest first; it comes by itself while the page is open. */
export function Latest({ contactId, mayDelete }: LatestProps) {
  const t = useTexts();
  const { data, error, refetch } = useQuery(latestQuery(contactId));
  const me = useQuery(sessionQuery).data?.member.id;
  const own = (item: TimelineItem) => mayDelete && item.kind === NOTE && me !== undefined && item.member?.id === me;
  const lines = data ? inLines(data.items).slice(0, LINES) : [];
  return (
    <section className="part" aria-labelledby="latest">
      <div className="partHead"><h2 id="latest">{t("latest")}</h2></div>
      {error && !data && <p className="fault" role="alert">{wordsOf(error, t)} <button type="button" className="quiet" onClick={() => void refetch()}>{t("retry")}</button></p>}
      {data && lines.length === 0 && <p className="none">{t("noFacts")}</p>}
      <ol className={styles.facts}>{lines.map((line) => <Fact key={line[0].id} line={line}>{own(line[0]) && <DeleteNote contactId={contactId} noteId={line[0].id} />}</Fact>)}</ol>
    </section>
  );
}

/** Of a visit the newest page says most. */
function spokesman(line: Line): TimelineItem {
  return line.find((item) => item.kind === SEEN) ?? line[0];
}

function Fact({ line, children }: { line: Line; children?: ReactNode }) {
  const t = useTexts();
  const item = spokesman(line);
  const who = [item.source.label, item.member?.name].filter(Boolean).join(" · ");
  return (
    <li className={item.kind === NOTE ? styles.note : undefined}>
      <p>{item.caption || item.label}{line.length > 1 ? t("moreSteps", { count: line.length - 1 }) : ""}</p>
      <small><Time at={item.at} /> · {who}</small>
      {children}
    </li>
  );
}
