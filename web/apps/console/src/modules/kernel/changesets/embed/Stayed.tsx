import { More } from "@cove/kit/list/More";
import { Link } from "react-router";

import { useStayed } from "../api";
import styles from "./ChangeState.module.css";

/** What stayed as it was, each with the reason. */
export function Stayed({ id, state }: { id: number; state: "skipped" | "conflict" }) {
  const list = useStayed(id, state);
  return (
    <>
      <ul className={styles.stayed}>
        {list.rows.map((row) => (
          <li key={row.id}>
            {row.url ? <Link to={row.url}>{row.title}</Link> : row.title}
            <span className={styles.reason}>{row.reason}</span>
          </li>
        ))}
      </ul>
      <More list={list} />
    </>
  );
}
