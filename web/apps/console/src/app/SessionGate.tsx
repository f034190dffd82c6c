import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "@cove/api/session";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Region } from "@cove/kit/region/Region";
import { lazy, Suspense, useEffect, useMemo } from "react";

import { useLanguage } from "./i18n/language";

const SignIn = lazy(() => import("../modules/directory/org/pages/SignIn"));
const Entry = lazy(() => import("../modules/directory/org/embed/Entry"));
const Router = lazy(() => import("./Router").then((file) => ({ default: file.Router })));

// Pages for who has a link, or no password; a session does not matter to them.
const OPEN = /^\/(forgotten$|reset\/|invitation\/)/;

/** Who is there decides what is shown: the sign-in page, or the console in the member's language and the tenant's zone. */
export function SessionGate() {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const { language, speak } = useLanguage();
  const locale = session?.member.locale;
  useEffect(() => { if (locale) void speak(locale); }, [locale, speak]);
  const region = useMemo(() => ({
    language,
    timezone: session?.tenant.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    owner: session ? `t${session.tenant.id.toString()}.m${session.member.id.toString()}` : "visitor",
  }), [language, session]);

  const path = location.pathname;
  if (OPEN.test(path)) {
    return <Region value={region}><Suspense fallback={<Waiting />}><Entry path={path} speak={speak} /></Suspense></Region>;
  }
  if (session === undefined) {
    return error ? <div style={{ padding: 24 }}><ErrorNotice error={error} retry={() => void refetch()} /></div> : null;
  }
  return (
    <Region value={region}>
      <Suspense fallback={<Waiting />}>{session ? <Router /> : <SignIn speak={speak} />}</Suspense>
    </Region>
  );
}
