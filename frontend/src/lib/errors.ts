/** An error in the person's words: by its code where a text exists in their language, else as the server said it. */
import i18n from "i18next";

import { ApiError, Offline } from "./api";

export function errorText(error: unknown): string {
  if (error instanceof Offline) return i18n.t("errors:offline");
  if (!(error instanceof ApiError)) return i18n.t("errors:unexpected");
  const key = `errors:${error.code}`;
  const params = { seconds: error.retryAfterS ?? 0, message: error.message };
  if (i18n.exists(key)) return i18n.t(key, params);
  return error.message || i18n.t("errors:unexpected");
}

/** The first complaint about one field, if that is what the server refused. */
export function fieldError(error: unknown, field: string): string | undefined {
  return error instanceof ApiError ? error.fields[field]?.[0] : undefined;
}
