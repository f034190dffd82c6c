import createClient, { type Middleware } from "openapi-fetch";

import { refusal, toApiError } from "./errors";
import type { paths } from "./schema";

const CSRF_COOKIE = /(?:^|;\s*)cove_csrf=([^;]*)/;
const SAFE_METHODS = new Set(["GET", "HEAD"]);

let csrfToken = "";

export function rememberCsrf(token: string): void {
  csrfToken = token;
}

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", document.documentElement.lang);
    if (!SAFE_METHODS.has(request.method)) {
      // The cookie is the newer of the two: signing in on another tab replaces it.
      request.headers.set("X-CSRFToken", CSRF_COOKIE.exec(document.cookie)?.[1] ?? csrfToken);
    }
    return request;
  },
};

export const api = createClient<paths>({
  baseUrl: typeof location === "undefined" ? "" : location.origin,
  credentials: "same-origin",
  // Looked up at each call, so that tests may put their own in place.
  fetch: (request) => globalThis.fetch(request),
});
api.use(headers);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Give the body of an answer, or throw the ApiError that says why there is none. */
export async function read<T>(call: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await call.catch((reason: unknown) => {
    throw toApiError(reason);
  });
  if (!response.ok) throw refusal(response.status, error);
  return data as NonNullable<T>;
}
