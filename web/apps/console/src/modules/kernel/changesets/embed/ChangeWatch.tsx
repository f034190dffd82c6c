import type { ChangeSet } from "@cove/api/types";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import { changeQuery, isUnderWay } from "../api";
import { ChangeState } from "./ChangeState";

/** A change of which the number is known, until it is done. */
export function ChangeWatch({ id, onDone }: { id: number; onDone: (change: ChangeSet) => void }) {
  const { data } = useQuery(changeQuery(id));
  const tell = useEffectEvent(onDone);
  const done = data && !isUnderWay(data) ? data : undefined;
  useEffect(() => { if (done?.state === "done") tell(done); }, [done]);
  return data ? <ChangeState change={data} /> : <Waiting />;
}
