import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Checkbox, Switch } from "@/components/ui/Choice";
import { Dialog } from "@/components/ui/Dialog";
import { TextInput } from "@/components/ui/Input";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import type { Role } from "@/lib/session";

import { type Person, useChangePerson } from "../api/people";

const ROLES: Role[] = ["contributor", "reviewer", "engineer", "operator"];

export function PersonDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation(["operator", "common"]);
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const [active, setActive] = useState(person.is_active ?? true);
  const [reason, setReason] = useState("");
  const change = useChangePerson(person.id);
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ roles, is_active: active, reason }, { onSuccess: onClose });
  };
  return (
    <Dialog open onOpenChange={onClose} title={person.display_name || person.email}>
      <form onSubmit={save} className="grid gap-5" noValidate>
        {change.isError && <Notice tone="bad">{errorText(change.error)}</Notice>}
        <fieldset className="grid gap-2.5">
          <legend className="mb-2 text-sm font-medium">{t("people.roles")}</legend>
          {ROLES.map((role) => (
            <Checkbox
              key={role}
              label={t(`common:role.${role}`)}
              checked={roles.includes(role)}
              onChange={(on) => setRoles(on ? [...roles, role] : roles.filter((one) => one !== role))}
            />
          ))}
        </fieldset>
        <Switch
          label={t("people.active")}
          hint={t("people.active_hint")}
          checked={active}
          onChange={setActive}
        />
        <TextInput
          label={t("people.reason")}
          hint={t("people.reason_hint")}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit" look="primary" className="justify-self-end" busy={change.isPending}>
          {t("common:save")}
        </Button>
      </form>
    </Dialog>
  );
}
