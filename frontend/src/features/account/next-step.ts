/** Where a sign-in goes on. */
const STEPS: Record<string, string> = {
  verify_email: "/verify-email",
  mfa_authenticate: "/second-factor",
  mfa_signup_webauthn: "/first-passkey",
};

/** Only addresses of this app: whoever writes the link must not choose where a signed-in person lands. */
export function safeNext(next: string | null): string {
  return next?.startsWith("/") && !next.startsWith("//") && !next.startsWith("/\\") ? next : "/campaigns";
}

/** The page of the step that is still due, keeping where the person wanted to go; or that place itself. */
export function pageAfter(step: string | undefined, next: string | null): string {
  const page = step && STEPS[step];
  if (!page) return safeNext(next);
  return next ? `${page}?next=${encodeURIComponent(next)}` : page;
}
