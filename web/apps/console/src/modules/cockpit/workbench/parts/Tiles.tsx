import { Count } from "@cove/kit/region/Count";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import styles from "./Tiles.module.css";

export interface Tile {
  key: string;
  label: string;
  /** Nothing while it is not known yet. */
  value: number | undefined;
  /** There are more than could be counted. */
  more?: boolean;
  previous?: number;
  /** The page that shows what was counted. */
  to?: string;
  /** More than none of these waits for a person. */
  waits?: boolean;
  shown: boolean;
}

function Inside({ tile }: { tile: Tile }) {
  const { t } = useTranslation("workbench");
  const { language } = useRegion();
  return (
    <>
      <span className={styles.label}>{tile.label}</span>
      {tile.value === undefined ? <Skeleton.Button active size="small" /> : (
        <span className={tile.waits && tile.value > 0 ? styles.waits : styles.value}><Count value={tile.value} />{tile.more && "+"}</span>
      )}
      {tile.previous !== undefined && <span className={styles.note}>{t("previous", { value: exactNumber(tile.previous, language) })}</span>}
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
