import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";

import type { Person } from "../../api/people";

export function Roles({ person }: { person: Person }) {
  const { t } = useTranslation(["operator", "common"]);
  return (
    <span className="flex flex-wrap gap-1.5">
      {person.roles.map((role) => (
        <Badge key={role}>{t(`common:role.${role}`)}</Badge>
      ))}
      {!person.is_active && <Badge tone="bad">{t("people.closed")}</Badge>}
    </span>
  );
}
