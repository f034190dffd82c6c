import type { Named, PlannedEvent, PlannedProperty } from "@cove/api/types";
import { useCallback, useEffect, useReducer, useRef } from "react";

import { useWriteEvent } from "../../api/plan";

const PAUSE = 700;
const REMEMBERED = 100;

export interface EventValues {
  name: string;
  note: string;
  status: PlannedEvent["status"];
  pql: boolean;
  owner: Named | null;
  properties: PlannedProperty[];
}

interface State {
  values: EventValues;
  saved: EventValues;
  past: EventValues[];
  future: EventValues[];
  /** Which field was written last: typing on in it is one step to undo. */
  field: string;
}

type Act = { kind: "change"; values: EventValues; field: string } | { kind: "undo" | "redo" } | { kind: "saved"; values: EventValues };

export interface EventEditor {
  values: EventValues;
  change: (part: Partial<EventValues>, field: string) => void;
  undo: (() => void) | undefined;
  redo: (() => void) | undefined;
  /** What is written here and nowhere else yet. */
  dirty: boolean;
  saving: boolean;
  error: Error | null;
  drop: () => void;
}

export function editorStep(state: State, act: Act): State {
  switch (act.kind) {
    case "change": {
      const past = act.field !== "" && act.field === state.field ? state.past : [...state.past, state.values].slice(-REMEMBERED);
      return { ...state, values: act.values, past, future: [], field: act.field };
    }
    case "undo": {
      const before = state.past.at(-1);
      return before ? { ...state, values: before, past: state.past.slice(0, -1), future: [state.values, ...state.future], field: "" } : state;
    }
    case "redo": {
      const [after, ...future] = state.future;
      return after ? { ...state, values: after, past: [...state.past, state.values], future, field: "" } : state;
    }
    case "saved":
      return { ...state, saved: act.values };
  }
}

function valuesOf(event: PlannedEvent): EventValues {
  const { name, note, status, pql, owner, properties } = event;
  return { name, note, status, pql, owner, properties };
}

/** An event as it is being written: saved by itself after a moment without a keystroke, every step undone and redone. */
export function useEventEditor(event: PlannedEvent): EventEditor {
  const [state, step] = useReducer(editorStep, event, (first): State => {
    const values = valuesOf(first);
    return { values, saved: values, past: [], future: [], field: "" };
  });
  const { mutate, isPending, error, reset } = useWriteEvent(event.id);
  const { values, saved } = state;
  const dirty = values !== saved;
  // What was refused is not sent again before it is changed.
  const refused = useRef<EventValues>(undefined);
  const revision = useRef(event.revision);
  const send = useCallback((written: EventValues) => {
    const { owner, ...rest } = written;
    mutate({ ...rest, owner_id: owner?.id ?? null, revision: revision.current }, {
      onSuccess: (made) => { revision.current = made.revision; step({ kind: "saved", values: written }); },
      onError: () => { refused.current = written; },
    });
  }, [mutate]);
  const waiting = useRef<() => void>(undefined);
  useEffect(() => {
    waiting.current = undefined;
    if (!dirty || isPending || refused.current === values) return;
    waiting.current = () => { send(values); };
    const timer = setTimeout(() => { waiting.current?.(); waiting.current = undefined; }, PAUSE);
    return () => { clearTimeout(timer); };
  }, [values, dirty, isPending, send]);
  // Whoever closes the drawer within that moment has his last words saved as well.
  useEffect(() => () => { waiting.current?.(); }, []);
  const change = (part: Partial<EventValues>, field: string) => {
    if (error) reset();
    step({ kind: "change", values: { ...values, ...part }, field });
  };
  return {
    values, change, dirty,
    saving: isPending,
    error,
    undo: state.past.length > 0 ? () => { step({ kind: "undo" }); } : undefined,
    redo: state.future.length > 0 ? () => { step({ kind: "redo" }); } : undefined,
    drop: () => { waiting.current = undefined; step({ kind: "saved", values }); },
  };
}
