/** Why a request was refused. `message` is in the reader's language already; empty when the server could not be reached. */
export class ApiError extends Error {
  // eslint-disable-next-line max-params -- what the server says of a refusal, in its own order
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Record<string, string> = {},
    readonly requestId = "",
    /** The right that was missing, where that was the reason. */
    readonly needs = "",
  ) {
    super(message);
    this.name = "ApiError";
  }
}

interface Refusal {
  error?: { code?: string; message?: string; fields?: Record<string, string>; needs?: string | null };
  request_id?: string;
}

export const UNREACHABLE = "unreachable";

/** Make an ApiError from whatever the server answered, also when a proxy answered in its place. */
export function refusal(status: number, body: unknown): ApiError {
  const { error, request_id: requestId } = (typeof body === "object" && body ? body : {}) as Refusal;
  return new ApiError(status, error?.code ?? `http_${status}`, error?.message ?? "", error?.fields, requestId, error?.needs ?? "");
}

export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, UNREACHABLE, "");
}
