import { useMutation } from "@tanstack/react-query";
import { ImagePlus, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { errorText } from "@/lib/errors";
import { storeFile } from "@/lib/assets";

type Props = { shown: string | undefined; chosen: boolean; onChange: (asset: string | null) => void };

/** A picture of one's own: sent, verified, and shown once the campaign is saved. */
export function PictureField({ shown, chosen, onChange }: Props) {
  const { t } = useTranslation("operator");
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("");
  const store = useMutation({
    mutationFn: (file: File) => storeFile(file),
    onSuccess: ({ id, name: stored }) => {
      setName(stored);
      onChange(id);
    },
  });
  return (
    <div className="grid gap-2">
      {chosen && shown && (
        <img
          src={shown}
          alt={t("campaigns.picture")}
          className="aspect-video w-full rounded-md bg-sunken object-cover"
        />
      )}
      <div className="flex items-center gap-3">
        <Button
          size="sm"
          icon={<ImagePlus className="size-4" />}
          busy={store.isPending}
          onClick={() => input.current?.click()}
        >
          {t(chosen ? "campaigns.other_picture" : "campaigns.choose_picture")}
        </Button>
        {chosen && <bdi className="min-w-0 truncate text-xs text-muted">{name}</bdi>}
        {chosen && (
          <IconButton
            label={t("campaigns.no_picture")}
            icon={<Trash2 />}
            className="ms-auto"
            onClick={() => onChange(null)}
          />
        )}
      </div>
      {store.isError && (
        <p role="alert" className="text-xs font-medium text-bad">
          {errorText(store.error)}
        </p>
      )}
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={t("campaigns.choose_picture")}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) store.mutate(file);
          target.value = ""; // the same file can be chosen again
        }}
      />
    </div>
  );
}
