import type { Speak } from "../parts/entry/EntryCard";
import { Accept } from "../parts/entry/Accept";
import { Forgotten } from "../parts/entry/Forgotten";
import { Reset } from "../parts/entry/Reset";

/** The pages that need no session, by address; whoever is signed in sees them too. */
export default function Entry({ path, speak }: { path: string; speak: Speak }) {
  const [, page, token = ""] = path.split("/");
  if (page === "reset") return <Reset token={token} speak={speak} />;
  if (page === "invitation") return <Accept token={token} speak={speak} />;
  return <Forgotten speak={speak} />;
}
