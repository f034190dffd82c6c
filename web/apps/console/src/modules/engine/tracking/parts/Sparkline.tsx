import styles from "./Sparkline.module.css";

const WIDTH = 112;
const HEIGHT = 24;
const EDGE = 2;

/** A line of numbers as small as a word; what it says in words is its label. */
export function Sparkline({ values, label }: { values: number[]; label: string }) {
  const most = Math.max(1, ...values);
  const step = values.length > 1 ? (WIDTH - 2 * EDGE) / (values.length - 1) : 0;
  const points = values.map((value, index) => {
    const down = HEIGHT - EDGE - (value / most) * (HEIGHT - 2 * EDGE);
    return `${(EDGE + index * step).toFixed(1)},${down.toFixed(1)}`;
  });
  return (
    <svg className={styles.line} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH.toString()} ${HEIGHT.toString()}`} role="img" aria-label={label}>
      <polyline points={points.join(" ")} />
    </svg>
  );
}
