import { page } from "./lazy";

export const accountRoutes = {
  open: [
    page("sign-in", "account", () => import("@/features/account/SignInPage")),
    page("sign-up", "account", () => import("@/features/account/SignUpPage")),
    page("verify-email", "account", () => import("@/features/account/VerifyEmailPage")),
    page("second-factor", "account", () => import("@/features/account/SecondFactorPage")),
    page("first-passkey", "account", () => import("@/features/account/FirstPasskeyPage")),
    page("reset-password", "account", () => import("@/features/account/ResetPasswordPage")),
  ],
  signedIn: [page("account", "account", () => import("@/features/account/AccountPage"))],
};
