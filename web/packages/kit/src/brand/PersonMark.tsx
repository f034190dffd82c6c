import styles from "./PersonMark.module.css";

const TONES = 6;

/** Chinese given names stand at the end, Western ones at the beginning. */
function initials(name: string): string {
  const text = name.trim();
  if (/\p{Script=Han}/u.test(text)) return [...text].at(-1) ?? "";
  return text.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
}

function tone(name: string): number {
  let sum = 0;
  for (const letter of name) sum += letter.codePointAt(0) ?? 0;
  return sum % TONES;
}

interface PersonMarkProps {
  name: string;
  picture?: string | null;
  size?: number;
}

/** A person's picture, or his initial on a colour that stays his. */
export function PersonMark({ name, picture, size = 22 }: PersonMarkProps) {
  const box = { width: size, height: size, fontSize: size * 0.46 };
  if (picture) return <img src={picture} alt="" className={styles.mark} style={box} referrerPolicy="no-referrer" loading="lazy" />;
  return <span aria-hidden className={`${styles.mark} ${styles[`tone${tone(name).toString()}`] ?? ""}`} style={box} data-initials={initials(name)} />;
}
