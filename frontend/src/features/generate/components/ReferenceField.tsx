import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Field } from "@/components/ui/Field";
import { storeFile } from "@/lib/assets";
import { errorText } from "@/lib/errors";

/** A picture that the clip begins with. */
export function ReferenceField({
  asset,
  onChange,
}: {
  asset: string | null;
  onChange: (asset: string | null) => void;
}) {
  const { t } = useTranslation("generate");
  const store = useMutation({
    mutationFn: (file: File) => storeFile(file),
    onSuccess: ({ id }) => onChange(id),
  });
  const state = store.isPending ? t("reference.storing") : asset ? t("reference.there") : t("reference.hint");
  return (
    <Field
      label={t("reference.label")}
      hint={state}
      error={store.isError ? errorText(store.error) : undefined}
    >
      {(wiring) => (
        <div className="flex gap-2">
          <input
            {...wiring}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            className="min-w-0 grow py-2 text-sm text-muted"
            onChange={(event) => event.target.files?.[0] && store.mutate(event.target.files[0])}
          />
          {asset && (
            <Button size="sm" onClick={() => onChange(null)}>
              {t("reference.drop")}
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}
