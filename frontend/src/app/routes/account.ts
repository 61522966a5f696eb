import { page } from "./lazy";

export const accountRoutes = {
  open: [
    page("sign-in", "account", () => import("@/features/account/SignInPage")),
    page("sign-up", "account", () => import("@/features/account/SignUpPage")),
    page("verify-email", "account", () => import("@/features/account/VerifyEmailPage")),
  ],
  signedIn: [],
};
