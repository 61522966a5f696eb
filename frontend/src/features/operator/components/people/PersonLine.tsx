import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago } from "@/components/ui/figures";
import { Cell } from "@/components/ui/Table";

import type { Person } from "../../api/people";
import { Roles } from "./Roles";

export function PersonLine({ person }: { person: Person }) {
  const { t } = useTranslation("operator");
  return (
    <tr>
      <Cell>
        <Link to={`/operator/people/${person.id}`} className="grid underline-offset-4 hover:underline">
          <bdi className="font-medium">{person.display_name || person.email}</bdi>
          {person.display_name && <bdi className="text-xs text-muted">{person.email}</bdi>}
        </Link>
      </Cell>
      <Cell>
        <Roles person={person} />
      </Cell>
      <Cell className="text-muted">
        {person.last_login ? <Ago at={person.last_login} /> : t("people.never")}
      </Cell>
    </tr>
  );
}
