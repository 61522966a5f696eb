/** Every address of the app. Pages load when they are opened; what a role may open is said here, once. */
import { createBrowserRouter, type RouteObject } from "react-router";

import type { Role } from "@/lib/session";

import { Crashed } from "./Crashed";
import { NotFound } from "./NotFound";
import { RequireSignIn } from "./RequireSignIn";
import { Shell } from "./Shell";
import { Splash } from "./Splash";
import { accountRoutes } from "./routes/account";
import { arenaRoutes, generateRoutes } from "./routes/generate";
import { boardRoutes } from "./routes/board";
import { contributeRoutes } from "./routes/contribute";
import { earningsRoutes } from "./routes/earnings";
import { notificationRoutes } from "./routes/notifications";
import { campaignWritingRoutes, operatorRoutes } from "./routes/operator";
import { workRoutes } from "./routes/work";
import { exploreRoutes } from "./routes/explore";
import { disputeRoutes, reviewRoutes } from "./routes/review";
import { trainingRoutes } from "./routes/training";

function guarded(routes: RouteObject[], ...roles: Role[]): RouteObject {
  return { element: <RequireSignIn roles={roles} />, children: routes };
}

export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Crashed />,
    hydrateFallbackElement: <Splash />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import("./Landing")).Landing }) },
      ...accountRoutes.open,
      guarded(accountRoutes.signedIn),
      guarded(boardRoutes),
      guarded(contributeRoutes, "contributor"),
      guarded(earningsRoutes, "contributor", "reviewer"),
      guarded(notificationRoutes),
      guarded(operatorRoutes, "operator"),
      guarded(campaignWritingRoutes, "engineer", "operator"),
      guarded(workRoutes, "contributor", "operator"),
      guarded(reviewRoutes, "reviewer"),
      guarded(disputeRoutes, "reviewer", "operator"),
      guarded(exploreRoutes, "engineer"),
      guarded(trainingRoutes, "engineer"),
      guarded(generateRoutes, "engineer", "operator"),
      guarded(arenaRoutes),
      { path: "*", element: <NotFound /> },
    ],
  },
]);
