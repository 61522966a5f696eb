import { redirect } from "react-router";

import { page } from "./lazy";

// `work` has the words for reasons and standings.
const TEXTS = ["operator", "gates", "findings", "work"];

/** Beside one another under `/operator`, with the way between them. */
const pages = {
  platform: () => import("@/features/operator/PlatformPage"),
  payouts: () => import("@/features/operator/PayoutsPage"),
  campaigns: () => import("@/features/operator/CampaignsPage"),
  gates: () => import("@/features/operator/GatesPage"),
  "gates/:policyId": () => import("@/features/operator/PolicyPage"),
  calibrations: () => import("@/features/operator/CalibrationsPage"),
  gold: () => import("@/features/operator/GoldPage"),
  disputes: () => import("@/features/operator/DisputesPage"),
  people: () => import("@/features/operator/PeoplePage"),
  "people/:personId": () => import("@/features/operator/PersonPage"),
  reports: () => import("@/features/operator/ReportsPage"),
  audit: () => import("@/features/operator/AuditPage"),
};

export const operatorRoutes = [
  {
    path: "operator",
    lazy: page("operator", TEXTS, () => import("@/features/operator/OperatorLayout")).lazy,
    children: [
      { index: true, loader: () => redirect("/operator/platform") },
      ...Object.entries(pages).map(([path, load]) => page(path, TEXTS, load)),
    ],
  },
];

/** Engineers write drafts as well, such as for the scenes that a model loses on. */
export const campaignWritingRoutes = [
  page("campaigns/new", TEXTS, () => import("@/features/operator/NewCampaignPage")),
  page("campaigns/:campaignId/edit", TEXTS, () => import("@/features/operator/CampaignEditPage")),
];
