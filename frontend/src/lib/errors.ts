/** An error in the person's words: by its code where a text exists in their language, else as the server said it. */
import i18n from "i18next";

import { ApiError, Offline } from "./api";

export function errorText(error: unknown): string {
  if (error instanceof Offline) return i18n.t("errors:offline");
  if (!(error instanceof ApiError)) return i18n.t("errors:unexpected");
  const params = { seconds: error.retryAfterS ?? 0, message: error.message };
  const key = [`errors:${error.code}`, `server:${error.code}`].find((one) => i18n.exists(one));
  if (key) return i18n.t(key, params);
  return error.message || i18n.t("errors:unexpected");
}

/** Why a file was not taken, and what to do about it. */
export function refusalText({ code, message, fix }: { code: string; message: string; fix: string }): string {
  const key = `server:${code}`;
  return i18n.exists(key) ? i18n.t(key) : `${message} ${fix}`;
}

/** The first complaint about one field, if that is what the server refused. */
export function fieldError(error: unknown, field: string): string | undefined {
  return error instanceof ApiError ? error.fields[field]?.[0] : undefined;
}
