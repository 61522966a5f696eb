import { page } from "./lazy";

export const workRoutes = [
  page("work", ["work", "gates"], () => import("@/features/work/WorkPage")),
  page("work/:submissionId", ["work", "gates", "findings"], () => import("@/features/work/SubmissionPage")),
];
