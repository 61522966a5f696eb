import { Controller, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Checkbox } from "@/components/ui/Choice";
import { CopyText } from "@/components/ui/CopyText";
import { TextInput } from "@/components/ui/Input";
import { Notice } from "@/components/ui/states";
import { errorText, fieldError } from "@/lib/errors";
import { hasRole, type Role, useSignedIn } from "@/lib/session";

import { type TokenInput, useMakeToken } from "../api/tokens";

type Scope = NonNullable<TokenInput["scopes"]>[number];
const HELD_BY: Record<Scope, Role[]> = {
  read: ["contributor", "reviewer", "engineer", "operator"],
  contribute: ["contributor"],
  review: ["reviewer"],
  engineer: ["engineer"],
  operate: ["operator"],
};

export function NewToken() {
  const { t } = useTranslation("account");
  const me = useSignedIn();
  const make = useMakeToken();
  const form = useForm<TokenInput & { scopes: Scope[] }>({
    defaultValues: { name: "", scopes: ["read"], days: 90 },
  });
  const scopes = (Object.keys(HELD_BY) as Scope[]).filter((scope) => hasRole(me, ...HELD_BY[scope]));
  const submit = form.handleSubmit((values) => make.mutate(values, { onSuccess: () => form.reset() }));
  return (
    <form onSubmit={submit} className="grid max-w-lg gap-4" noValidate>
      {make.data && (
        <>
          <Notice tone="good">{t("tokens.once")}</Notice>
          <CopyText text={make.data.token} />
        </>
      )}
      {make.isError && <Notice tone="bad">{errorText(make.error)}</Notice>}
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
        <TextInput
          label={t("tokens.name")}
          error={(form.formState.errors.name && t("tokens.name_needed")) ?? fieldError(make.error, "name")}
          {...form.register("name", { required: true })}
        />
        <TextInput
          label={t("tokens.days")}
          type="number"
          min={1}
          max={365}
          error={fieldError(make.error, "days")}
          {...form.register("days", { valueAsNumber: true })}
        />
      </div>
      <Controller
        control={form.control}
        name="scopes"
        render={({ field }) => (
          <fieldset className="grid gap-2.5">
            <legend className="mb-2 text-sm font-medium">{t("tokens.scopes")}</legend>
            {scopes.map((scope) => (
              <Checkbox
                key={scope}
                label={t(`tokens.scope.${scope}`)}
                checked={field.value.includes(scope)}
                onChange={(on) =>
                  field.onChange(on ? [...field.value, scope] : field.value.filter((one) => one !== scope))
                }
              />
            ))}
          </fieldset>
        )}
      />
      <Button type="submit" look="primary" className="justify-self-start" busy={make.isPending}>
        {t("tokens.make")}
      </Button>
    </form>
  );
}
