import { useEffect, type RefObject } from "react";

/** Let a table that is wider than its place be scrolled by keyboard: what scrolls can then have the focus, and says what it is. */
export function useKeyboardScroll(area: RefObject<HTMLElement | null>, label: string): void {
  useEffect(() => {
    const scroller = area.current?.querySelector<HTMLElement>(".ant-table-content");
    if (!scroller) return;
    const watcher = new ResizeObserver(() => {
      if (scroller.scrollWidth > scroller.clientWidth) {
        scroller.tabIndex = 0;
        scroller.role = "region";
        scroller.ariaLabel = label;
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) scroller.removeAttribute(name);
      }
    });
    watcher.observe(scroller);
    return () => { watcher.disconnect(); };
  }, [area, label]);
}
