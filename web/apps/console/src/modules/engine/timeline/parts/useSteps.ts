import { useEffect, type RefObject } from "react";

const STEPS: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** J and K (or the arrows) go from line to line within `area`, where the focus is; elsewhere they keep their meaning. */
export function useSteps(area: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const listen = (event: KeyboardEvent) => {
      const step = STEPS[event.key];
      if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
      const lines = [...element.querySelectorAll<HTMLElement>("[data-line]")];
      const here = lines.findIndex((line) => line === document.activeElement);
      if (here < 0) return;
      event.preventDefault();
      // The drawer around goes to the next contact with the same keys.
      event.stopPropagation();
      const next = lines[here + step];
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
    };
    element.addEventListener("keydown", listen);
    return () => { element.removeEventListener("keydown", listen); };
  }, [area]);
}
