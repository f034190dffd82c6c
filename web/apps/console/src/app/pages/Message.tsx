import { Empty, type EmptyContent } from "@cove/kit/feedback/Empty";
import { useEffect } from "react";

/** A page that has only something to say. */
export function Message(content: EmptyContent) {
  useEffect(() => { document.title = `${content.title} · Cove`; }, [content.title]);
  return <div style={{ paddingTop: "16vh" }}><Empty {...content} /></div>;
}
