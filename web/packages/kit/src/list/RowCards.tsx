import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";

import styles from "./RowCards.module.css";

interface RowCardsProps<Row> {
  rows: Row[];
  loading: boolean;
  card: (row: Row) => ReactNode;
  href?: (id: number) => string;
}

/** The list on a phone: each row a card that one thumb can hit. */
export function RowCards<Row extends { id: number }>({ rows, loading, card, href }: RowCardsProps<Row>) {
  if (loading) return <div className={styles.waiting}><Skeleton active paragraph={{ rows: 10 }} /></div>;
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id} className={styles.item}>
          {href ? <Link to={href(row.id)} className={styles.link}>{card(row)}</Link> : <div className={styles.link}>{card(row)}</div>}
        </li>
      ))}
    </ul>
  );
}
