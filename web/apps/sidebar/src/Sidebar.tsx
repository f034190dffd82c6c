import { Region } from "@cove/kit/region/Region";
import { sessionQuery } from "@cove/api/session";
import { ApiError } from "@cove/api/errors";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";

import { Customer } from "./parts/Customer";
import { Failed } from "./parts/Failed";
import { Message } from "./parts/Message";
import { ViewersMark } from "./parts/ViewersMark";
import { Waiting } from "./parts/Waiting";
import { signedIn, signIn } from "./session";
import { deviceLanguage, useTexts } from "./texts";
import { besideWhat, inWecom } from "./wecom";

/** The page beside a chat: signed in silently, it asks WeCom whose chat this is and shows who that is. */
export function Sidebar() {
  const { data: session, error, refetch } = useQuery({ ...sessionQuery, enabled: inWecom });
  const language = session?.member.locale ?? deviceLanguage();
  const region = useMemo(() => ({
    language,
    timezone: session?.tenant.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    owner: "sidebar",
  }), [language, session]);
  useEffect(() => { document.documentElement.lang = language; }, [language]);
  return (
    <Region value={region}>
      <main>
        {!inWecom ? <NotInWecom />
          : error ? <Failed error={error} retry={() => void refetch()} />
          : session === undefined ? <Waiting />
          : session === null ? <SigningIn />
          : <ViewersMark session={session}><Beside /></ViewersMark>}
      </main>
    </Region>
  );
}

function NotInWecom() {
  const t = useTexts();
  return <Message title={t("notInWecom")} text={t("notInWecomText")} />;
}

let away: boolean | undefined;

/** Go to WeCom for a session; where that has just failed, say so. */
function SigningIn() {
  const t = useTexts();
  away ??= signIn();
  if (away) return <Waiting />;
  return <Message title={t("signInStuck")} text={t("signInStuckText")} act={{ label: t("retry"), run: () => { location.reload(); } }} />;
}

function Beside() {
  const t = useTexts();
  const { data: beside, error, refetch } = useQuery({ queryKey: ["beside"], queryFn: besideWhat, refetchOnWindowFocus: "always", retry: false });
  // The session is another company's: sign in to the one whose chat this is.
  if (error instanceof ApiError && error.code === "wecom.other_company") return <SigningIn />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!beside) return <Waiting />;
  signedIn();
  if (beside.kind === "group") return <Message title={t("group")} text={t("groupText")} />;
  if (beside.kind === "nothing") return <Message title={t("nothing")} text={t("nothingText")} act={{ label: t("retry"), run: () => void refetch() }} />;
  return <Customer key={beside.userId} externalUserid={beside.userId} />;
}
