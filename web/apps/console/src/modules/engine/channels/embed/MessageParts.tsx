import type { ShownAttachment } from "@cove/api/types";

import { Attachments } from "../parts/content/Attachments";
import styles from "../parts/content/Content.module.css";
import { PartName } from "../parts/content/PartName";
import { useKinds } from "../parts/content/useKinds";

interface PartsFieldProps {
  value?: ShownAttachment[];
  onChange?: (parts: ShownAttachment[]) => void;
}

/** A form's field for what a message carries beside its text. Files are kept by whoever may send mass messages; others add links. */
export function PartsField(props: PartsFieldProps) {
  return <Attachments {...props} kinds={useKinds()} />;
}

/** What a message carries, each by its name. */
export function PartsList({ parts }: { parts: ShownAttachment[] }) {
  if (parts.length === 0) return null;
  return (
    <ul className={styles.list}>
      {/* Two of the same file may be in one message: their places tell them apart. */}
      {parts.map((part, place) => <li key={`${part.kind}-${place.toString()}`}><PartName part={part} /></li>)}
    </ul>
  );
}
