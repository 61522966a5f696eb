/** The typed client of the HTTP API. Every failure becomes an `ApiError` with the server's code and text. */
import createClient, { type Middleware } from "openapi-fetch";

import type { components, paths } from "@/generated/api";

import { hearTime } from "./clock";

export type Schemas = components["schemas"];

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What is wrong with each field, by the field's name. */
    readonly fields: Record<string, string[]> = {},
    readonly retryAfterS: number | null = null,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

export class Offline extends Error {
  constructor() {
    super("The server cannot be reached.");
    this.name = "Offline";
  }
}

export function cookie(name: string): string {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

type Refusal = { code?: string; message?: string; detail?: string; fields?: Record<string, string[]> };

export async function refusal(response: Response): Promise<ApiError> {
  const body: Refusal = await response
    .clone()
    .json()
    .catch(() => ({}));
  const wait = Number(response.headers.get("Retry-After"));
  return new ApiError(
    response.status,
    body.code ?? `http_${response.status}`,
    body.message ?? body.detail ?? response.statusText,
    body.fields,
    Number.isFinite(wait) && wait > 0 ? wait : null,
  );
}

const sessionAndErrors: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET") request.headers.set("X-CSRFToken", cookie("csrftoken"));
    return request;
  },
  async onResponse({ response }) {
    hearTime(response.headers.get("Date"));
    if (!response.ok && response.status !== 304) throw await refusal(response);
  },
  onError({ error }) {
    return error instanceof TypeError ? new Offline() : undefined;
  },
};

export const api = createClient<paths>({ baseUrl: "/", credentials: "same-origin" });
api.use(sessionAndErrors);

/** The body of an answer that must have one: `const me = await body(api.GET("/api/v1/me"))`. */
export async function body<T>(request: Promise<{ data?: T }>): Promise<T> {
  const { data } = await request;
  return data as T;
}
