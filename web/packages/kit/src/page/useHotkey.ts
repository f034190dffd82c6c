import { useEffect } from "react";

/** Whether the reader is writing: single letters are then text, not commands. */
function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

interface Options {
  /** With ⌘ on a Mac, Ctrl elsewhere. Works while writing too. */
  command?: boolean;
  /** Only with Shift, or only without; either way when left out. */
  shift?: boolean;
  active?: boolean;
}

/** Run `act` when `key` is pressed anywhere on the page. */
export function useHotkey(key: string, act: () => void, { command = false, shift, active = true }: Options = {}): void {
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || (event.metaKey || event.ctrlKey) !== command || event.altKey) return;
      if (shift !== undefined && event.shiftKey !== shift) return;
      if (!command && isWriting(event.target)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", listen);
    return () => { document.removeEventListener("keydown", listen); };
  }, [key, act, command, shift, active]);
}
