import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { Ago } from "@/components/ui/figures";
import { Page } from "@/components/ui/Page";
import { Failed, LoadingRows } from "@/components/ui/states";

import { type Person, usePerson } from "./api/people";
import { Access } from "./components/people/Access";
import { Holds } from "./components/people/Holds";
import { PersonAudit } from "./components/people/PersonAudit";
import { Standings } from "./components/people/Standings";

export function Component() {
  const { t } = useTranslation("operator");
  const { personId = "" } = useParams();
  const person = usePerson(personId);
  if (person.isSuccess) return <View person={person.data} />;
  return (
    <Page title={t("people.person")}>
      {person.isPending && <LoadingRows />}
      {person.isError && <Failed error={person.error} onRetry={() => void person.refetch()} />}
    </Page>
  );
}

function View({ person }: { person: Person }) {
  const { t } = useTranslation("operator");
  return (
    <Page
      title={person.display_name || person.email}
      lead={
        <span className="text-sm">
          <bdi>{person.email}</bdi> · {t("people.joined")} <Ago at={person.date_joined} />
        </span>
      }
    >
      <div className="grid gap-6">
        <Standings personId={person.id} />
        <Holds personId={person.id} />
        <Access key={JSON.stringify([person.roles, person.is_active])} person={person} />
        <PersonAudit personId={person.id} />
      </div>
    </Page>
  );
}
