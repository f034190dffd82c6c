import type { Session } from "@cove/api/types";
import { dayOf } from "@cove/kit/region/format";
import { useNow } from "@cove/kit/region/Time";
import { useRegion } from "@cove/kit/region/Region";
import type { ReactNode } from "react";

import styles from "./ViewersMark.module.css";

const SIDE = 180;

/** Where the company wants it: who looks at the page, faintly all over it. */
export function ViewersMark({ session, children }: { session: Session; children: ReactNode }) {
  const { timezone } = useRegion();
  const today = dayOf(useNow(), timezone);
  if (!session.tenant.watermark) return children;
  const { id, name } = session.member;
  return (
    <div className={styles.marked}>
      {children}
      <svg className={styles.mark} aria-hidden="true">
        <pattern id="viewer" width={SIDE} height={SIDE} patternUnits="userSpaceOnUse" patternTransform="rotate(-20)">
          <text x="8" y="60">{name}</text>
          <text x="8" y="80">{`${id.toString().padStart(4, "0")} · ${today}`}</text>
        </pattern>
        <rect width="100%" height="100%" fill="url(#viewer)" />
      </svg>
    </div>
  );
}
