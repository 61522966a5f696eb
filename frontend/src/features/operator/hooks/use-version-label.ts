import { useTranslation } from "react-i18next";

import type { VersionLine } from "../api/policies";
import { SHIPPED } from "../model/shipped";

/** A version's name: of which policy, and its number. */
export function useVersionLabel(): (version: VersionLine) => string {
  const { t } = useTranslation("operator");
  return ({ policy_name: name, number }) => `${name === SHIPPED ? t("gates.default") : name} · ${number}`;
}
