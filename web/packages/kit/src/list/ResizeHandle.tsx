import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";

import styles from "./ResizeHandle.module.css";

const KEY_STEP = 16;

interface ResizeHandleProps {
  title: string;
  width: number;
  resize: (width: number) => void;
}

/** The right edge of a column's head: drag it, or focus it and use the arrow keys. */
export function ResizeHandle({ title, width, resize }: ResizeHandleProps) {
  const { t } = useTranslation("kit");
  const start = useRef<{ x: number; width: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width: event.currentTarget.closest("th")?.offsetWidth ?? width };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) resize(start.current.width + event.clientX - start.current.x);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") resize(width - KEY_STEP);
    if (event.key === "ArrowRight") resize(width + KEY_STEP);
  };
  return (
    <button
      type="button"
      className={styles.handle}
      aria-label={t("list.resize", { name: title })}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => { start.current = null; }}
      onKeyDown={onKeyDown}
    />
  );
}
