import { useSession } from "@cove/api/session";
import { dayOf } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useNow } from "@cove/kit/region/Time";
import { Watermark } from "antd";
import type { ReactNode } from "react";

import styles from "./ViewersMark.module.css";

/** Where the tenant wants it: who looks at a page, faintly all over it, on paper as well. Drawers over the page carry it, too. */
export function ViewersMark({ children }: { children: ReactNode }) {
  const session = useSession();
  const { timezone } = useRegion();
  const today = dayOf(useNow(), timezone);
  if (!session?.tenant.watermark) return children;
  const { member } = session;
  return (
    <Watermark
      className={styles.mark}
      content={[member.name, `${member.id.toString().padStart(4, "0")} · ${today}`]}
      font={{ fontSize: 14, color: "rgba(20, 38, 43, 0.09)" }}
      gap={[120, 110]} rotate={-20}
    >
      {children}
    </Watermark>
  );
}
