import { ImageUp, Search } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { CONTROL } from "@/components/ui/Field";

type Props = {
  words: string;
  storing: boolean;
  onWords: (words: string) => void;
  onPicture: (file: File) => void;
};

/** By words, or by a picture of one's own. */
export function SearchBar({ words, storing, onWords, onPicture }: Props) {
  const { t } = useTranslation("explore");
  const [typed, setTyped] = useState(words);
  const [before, setBefore] = useState(words);
  const file = useRef<HTMLInputElement>(null);
  if (words !== before) {
    setBefore(words);
    setTyped(words);
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onWords(typed.trim());
  };
  return (
    <form role="search" onSubmit={submit} className="flex flex-wrap gap-2">
      <div className="relative min-w-56 grow basis-full sm:basis-0">
        <Search aria-hidden className="absolute start-3 top-3 size-4 text-muted" />
        <input
          type="search"
          dir={typed ? "auto" : undefined}
          maxLength={400}
          aria-label={t("search.words")}
          placeholder={t("search.placeholder")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className={`${CONTROL} h-10 px-9`}
        />
      </div>
      <Button type="submit" look="primary" className="grow sm:grow-0">
        {t("search.submit")}
      </Button>
      <Button
        className="grow sm:grow-0"
        icon={<ImageUp className="size-4" />}
        busy={storing}
        onClick={() => file.current?.click()}
      >
        {t("search.by_picture")}
      </Button>
      <input
        ref={file}
        type="file"
        hidden
        tabIndex={-1}
        aria-label={t("search.by_picture")}
        accept="image/png,image/jpeg,image/webp"
        onChange={(event) => {
          const [picture] = event.target.files ?? [];
          if (picture) onPicture(picture);
          event.target.value = ""; // so that the same picture can be chosen again
        }}
      />
    </form>
  );
}
