import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Checkbox, Switch } from "@/components/ui/Choice";
import { Panel } from "@/components/ui/Panel";
import { toast } from "@/components/ui/Toasts";
import type { Role } from "@/lib/session";

import { type Person, useChangePerson } from "../../api/people";
import { ReasonDialog } from "../ReasonDialog";

const ROLES: Role[] = ["contributor", "reviewer", "engineer", "operator"];

/** What a person may do: chosen here, confirmed with a reason, and written into the audit log. */
export function Access({ person }: { person: Person }) {
  const { t } = useTranslation(["operator", "common"]);
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const [active, setActive] = useState(person.is_active ?? true);
  const [asking, setAsking] = useState(false);
  const given = roles.filter((role) => !person.roles.includes(role));
  const taken = person.roles.filter((role) => !roles.includes(role));
  const changed = given.length + taken.length > 0 || active !== (person.is_active ?? true);
  const names = (of: Role[]) => of.map((role) => t(`common:role.${role}`)).join(", ");
  const effects = [
    given.length > 0 && t("people.gives", { roles: names(given) }),
    taken.length > 0 && t("people.takes", { roles: names(taken) }),
    active !== (person.is_active ?? true) && t(active ? "people.opens" : "people.closes"),
  ].filter((effect): effect is string => Boolean(effect));
  return (
    <Panel title={t("people.access")}>
      <div className="grid gap-5">
        <fieldset className="grid gap-2.5">
          <legend className="mb-2 text-sm font-medium">{t("people.roles")}</legend>
          {ROLES.map((role) => (
            <Checkbox
              key={role}
              label={t(`common:role.${role}`)}
              hint={t(`people.may.${role}`)}
              checked={roles.includes(role)}
              onChange={(on) => setRoles(ROLES.filter((one) => (one === role ? on : roles.includes(one))))}
            />
          ))}
        </fieldset>
        <Switch
          label={t("people.active")}
          hint={t("people.active_hint")}
          checked={active}
          onChange={setActive}
        />
        <Button className="justify-self-start" disabled={!changed} onClick={() => setAsking(true)}>
          {t("people.change")}
        </Button>
      </div>
      {asking && (
        <ConfirmAccess
          person={person}
          change={{ roles, is_active: active }}
          effects={effects}
          onClose={() => setAsking(false)}
        />
      )}
    </Panel>
  );
}

type ConfirmProps = {
  person: Person;
  change: { roles: Role[]; is_active: boolean };
  effects: string[];
  onClose: () => void;
};

function ConfirmAccess({ person, change, effects, onClose }: ConfirmProps) {
  const { t } = useTranslation("operator");
  const save = useChangePerson(person.id);
  const done = () => {
    toast(t("people.changed"));
    onClose();
  };
  return (
    <ReasonDialog
      title={t("people.change_title", { name: person.display_name || person.email })}
      description={t("people.change_text")}
      action={t("people.change")}
      hint={t("people.reason_hint")}
      asked={save}
      onReason={(reason) => save.mutate({ ...change, reason }, { onSuccess: done })}
      onClose={onClose}
    >
      <ul className="grid list-disc gap-1 ps-5 text-sm">
        {effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
    </ReasonDialog>
  );
}
