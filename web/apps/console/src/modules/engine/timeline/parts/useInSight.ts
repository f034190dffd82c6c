import { useEffect, useState, type RefObject } from "react";

/** Whether an element is on the screen. */
export function useInSight(element: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(true);
  useEffect(() => {
    if (!element.current) return;
    const watcher = new IntersectionObserver(([entry]) => { setSeen(entry?.isIntersecting ?? true); });
    watcher.observe(element.current);
    return () => { watcher.disconnect(); };
  }, [element]);
  return seen;
}
