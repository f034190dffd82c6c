import { Alert } from "antd";

import { CopyText } from "./CopyText";
import styles from "./ShownOnce.module.css";

interface ShownOnceProps {
  /** Why it must be kept now. */
  title: string;
  text: string;
  secret: string;
  copyLabel: string;
}

/** A secret that the server tells this once. */
export function ShownOnce({ title, text, secret, copyLabel }: ShownOnceProps) {
  return (
    <>
      <Alert type="warning" showIcon title={title} description={text} />
      <div className={styles.secret}>
        <code data-secret>{secret}</code>
        <CopyText text={secret} label={copyLabel} showLabel />
      </div>
    </>
  );
}
