const TRIED = "cove.sidebar.signing-in";
const PAUSE = 20_000;

/** The company whose WeCom opened the page, by its sign-in address; empty where the installation has one only. */
export function company(): string {
  return new URLSearchParams(location.search).get("company") ?? "";
}

/** Sign in silently by WeCom and come back here. Says false when that was just tried: a circle would never end. */
export function signIn(): boolean {
  if (Date.now() - Number(sessionStorage.getItem(TRIED)) < PAUSE) return false;
  sessionStorage.setItem(TRIED, Date.now().toString());
  const query = new URLSearchParams({ next: location.pathname + location.search });
  if (company()) query.set("company", company());
  location.replace(`/signin/wecom/start?${query.toString()}`);
  return true;
}

/** The next sign-in may be tried at once: this one went well. */
export function signedIn(): void {
  sessionStorage.removeItem(TRIED);
}
