import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";

import { TextInput } from "@/components/ui/Input";
import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { Table } from "@/components/ui/Table";
import { flatten } from "@/lib/query";

import { usePeople } from "../../api/people";
import { PersonLine } from "./PersonLine";

export function People() {
  const { t } = useTranslation("operator");
  const [search, setSearch] = useState("");
  const people = usePeople(useDeferredValue(search.trim()));
  const shown = flatten(people.data);
  return (
    <div className="grid gap-4">
      <TextInput
        label={t("people.search")}
        type="search"
        fieldClassName="max-w-sm"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <Panel flush>
        {people.isPending && <LoadingRows />}
        {people.isError && <Failed error={people.error} onRetry={() => void people.refetch()} />}
        {people.isSuccess && shown.length === 0 && <Empty title={t("people.none")} />}
        {shown.length > 0 && (
          <Table caption={t("tab.people")} head={[t("people.person"), t("people.roles"), t("people.seen")]}>
            {shown.map((person) => (
              <PersonLine key={person.id} person={person} />
            ))}
          </Table>
        )}
        <LoadMore pages={people} />
      </Panel>
    </div>
  );
}
