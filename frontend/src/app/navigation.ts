/** The main ways, by role. A feature that gains a page for everyday use adds its line here. */
import type { Role } from "@/lib/session";

type Way = { to: string; key: string; roles: Role[] };

export const WAYS: Way[] = [
  { to: "/campaigns", key: "nav.campaigns", roles: ["contributor", "reviewer", "engineer", "operator"] },
  { to: "/work", key: "nav.work", roles: ["contributor"] },
  { to: "/review", key: "nav.review", roles: ["reviewer"] },
  { to: "/explore", key: "nav.explore", roles: ["engineer"] },
  { to: "/earnings", key: "nav.earnings", roles: ["contributor", "reviewer"] },
  { to: "/operator", key: "nav.operator", roles: ["operator"] },
  { to: "/runs", key: "nav.training", roles: ["engineer"] },
  { to: "/generate", key: "nav.generate", roles: ["engineer", "operator"] },
  { to: "/arena", key: "nav.arena", roles: ["contributor", "reviewer", "engineer", "operator"] },
];
