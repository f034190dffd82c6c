import type { TimelineItem } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useNarrow } from "@cove/kit/page/useNarrow";
import { exactTime } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useQuery } from "@tanstack/react-query";
import { Drawer } from "antd";
import { useTranslation } from "react-i18next";

import { DeleteNote } from "../../../directory/people/embed/DeleteNote";
import { factQuery } from "../api";
import { DoubtReasons } from "./Doubts";
import styles from "./FactDrawer.module.css";
import { Properties, tellable } from "./Properties";

const LATE = 60_000;
const NOTE = "people.note_written";

function Told({ item }: { item: TimelineItem }) {
  const { t } = useTranslation("timeline");
  const { language, timezone } = useRegion();
  const late = Date.parse(item.recorded_at) - Date.parse(item.at) > LATE;
  const properties = tellable(item.properties);
  return (
    <div className={styles.told}>
      <p className={styles.caption}>{item.caption || item.label}</p>
      <DoubtReasons item={item} />
      <Facts
        rows={[
          { label: t("drawer.at"), value: exactTime(item.at, language, timezone) },
          { label: t("drawer.received"), value: late ? exactTime(item.recorded_at, language, timezone) : null },
          { label: t("drawer.source"), value: item.source.label },
          { label: t("drawer.member"), value: item.member?.name },
          { label: t("drawer.because"), value: [item.cause?.label, item.cause?.caption].filter(Boolean).join(" · ") },
          { label: t("drawer.who"), value: item.anonymous ? t("anonymousText") : null },
        ]}
      />
      {properties.length > 0 && (
        <section>
          <h3 className={styles.heading}>{t("drawer.properties")}</h3>
          <Properties properties={properties} />
        </section>
      )}
    </div>
  );
}

interface FactDrawerProps {
  contactId: number;
  factId: number;
  /** The fact where the list has it; else it is asked for. */
  item: TimelineItem | undefined;
  close: () => void;
}

/** One fact whole: when, from where, why, and everything it tells. */
export function FactDrawer({ contactId, factId, item, close }: FactDrawerProps) {
  const narrow = useNarrow();
  const { data, error, refetch } = useQuery({ ...factQuery(contactId, factId), enabled: !item });
  const found = item ?? data;
  return (
    <Drawer open title={found?.label} size={narrow ? "100%" : 420} onClose={close}>
      {!found && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {found && <Told item={found} />}
      {found?.kind === NOTE && <div className={styles.acts}><DeleteNote contactId={contactId} noteId={found.id} writerId={found.member?.id} deleted={close} /></div>}
    </Drawer>
  );
}
