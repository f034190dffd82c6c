import { Count } from "@cove/kit/region/Count";
import { Skeleton } from "antd";
import { Link } from "react-router";

import styles from "./Tiles.module.css";

export interface Tile {
  key: string;
  label: string;
  /** Nothing while it is not known yet. */
  value: number | undefined;
  /** The page that shows what was counted. */
  to?: string;
  /** More than none of these waits for a person. */
  waits?: boolean;
  shown: boolean;
}

function Inside({ tile }: { tile: Tile }) {
  return (
    <>
      <span className={styles.label}>{tile.label}</span>
      {tile.value === undefined ? <Skeleton.Button active size="small" /> : (
        <span className={tile.waits && tile.value > 0 ? styles.waits : styles.value}><Count value={tile.value} /></span>
      )}
    </>
  );
}

/** The day's figures; each leads to what it counts. */
export function Tiles({ tiles }: { tiles: Tile[] }) {
  return (
    <ul className={styles.tiles}>
      {tiles.filter((tile) => tile.shown).map((tile) => (
        <li key={tile.key} className={styles.item}>
          {tile.to
            ? <Link to={tile.to} className={`${styles.tile} ${styles.link}`}><Inside tile={tile} /></Link>
            : <div className={styles.tile}><Inside tile={tile} /></div>}
        </li>
      ))}
    </ul>
  );
}
