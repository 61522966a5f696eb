import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Ago } from "@/components/ui/figures";
import { Cell } from "@/components/ui/Table";

import type { Person } from "../api/people";

export function PersonLine({ person, onEdit }: { person: Person; onEdit: () => void }) {
  const { t } = useTranslation(["operator", "common"]);
  return (
    <tr>
      <Cell>
        <span className="grid">
          <bdi className="font-medium">{person.display_name || person.email}</bdi>
          {person.display_name && <bdi className="text-xs text-muted">{person.email}</bdi>}
        </span>
      </Cell>
      <Cell>
        <span className="flex flex-wrap gap-1.5">
          {person.roles.map((role) => (
            <Badge key={role}>{t(`common:role.${role}`)}</Badge>
          ))}
          {!person.is_active && <Badge tone="bad">{t("people.closed")}</Badge>}
        </span>
      </Cell>
      <Cell className="text-muted">
        {person.last_login ? <Ago at={person.last_login} /> : t("people.never")}
      </Cell>
      <Cell className="text-end">
        <Button size="sm" onClick={onEdit}>
          {t("people.edit")}
        </Button>
      </Cell>
    </tr>
  );
}
