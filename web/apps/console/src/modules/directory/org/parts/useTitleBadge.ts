import { useEffect } from "react";

const BADGE = /^\(\d+\+?\) /;
const MOST = 99;

/** Put the number of unread notices before the title of whatever page is open. */
export function useTitleBadge(count: number): void {
  useEffect(() => {
    const put = () => {
      const plain = document.title.replace(BADGE, "");
      const shown = count > MOST ? `${MOST.toString()}+` : count.toString();
      const wanted = count > 0 ? `(${shown}) ${plain}` : plain;
      if (document.title !== wanted) document.title = wanted;
    };
    put();
    const watching = new MutationObserver(put);
    watching.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => { watching.disconnect(); };
  }, [count]);
}
