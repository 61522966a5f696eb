import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Input";
import { Segmented } from "@/components/ui/Segmented";
import { toast, toastError } from "@/components/ui/Toasts";
import { fieldError } from "@/lib/errors";
import { type Language, LANGUAGES, setLanguage } from "@/lib/i18n";
import { useSignedIn } from "@/lib/session";

import { useChangeMe } from "../api/change-me";
import { Section } from "./Section";

export function Profile() {
  const { t, i18n } = useTranslation(["account", "common"]);
  const me = useSignedIn();
  const change = useChangeMe();
  const form = useForm({ defaultValues: { display_name: me.display_name ?? "" } });
  const save = form.handleSubmit((values) =>
    change.mutate(values, { onSuccess: () => toast(t("saved")), onError: toastError }),
  );
  const choose = (language: Language) => {
    void setLanguage(language);
    change.mutate({ language }, { onError: toastError });
  };
  return (
    <>
      <Section title={t("profile.title")} text={t("profile.text")}>
        <form onSubmit={save} className="flex max-w-md flex-wrap items-end gap-3">
          <TextInput
            label={t("profile.name")}
            autoComplete="nickname"
            fieldClassName="min-w-60 grow"
            error={fieldError(change.error, "display_name")}
            {...form.register("display_name")}
          />
          <Button type="submit" busy={change.isPending}>
            {t("common:save")}
          </Button>
        </form>
        <ul className="flex flex-wrap gap-1.5" aria-label={t("profile.roles")}>
          {me.roles?.map((role) => (
            <li key={role}>
              <Badge>{t(`common:role.${role}`)}</Badge>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("common:language")} text={t("profile.language_text")}>
        <Segmented
          label={t("common:language")}
          value={i18n.language as Language}
          options={Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }))}
          onChange={choose}
        />
      </Section>
    </>
  );
}
