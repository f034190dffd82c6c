import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { fieldFaults } from "@cove/kit/form/fieldErrors";

import styles from "./entry.module.css";

/** What the server refused, unless the form says so already at the fields it is about. */
export function Refusal({ error, fields }: { error: unknown; fields: string[] }) {
  if (!error) return null;
  const faults = fieldFaults(error);
  if (faults.length > 0 && faults.every(({ name }) => fields.includes(name.join(".")))) return null;
  return <div className={styles.error}><ErrorNotice error={error} /></div>;
}
