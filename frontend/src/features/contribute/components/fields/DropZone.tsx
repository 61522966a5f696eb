import clsx from "clsx";
import { FolderUp, Upload } from "lucide-react";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

import { fromDrop, fromInput, type Picked } from "../../uploads/picking";

type Props = {
  label: string;
  hint: string;
  accept: string;
  multiple?: boolean;
  onFiles: (picked: Picked[]) => void;
  children?: ReactNode;
};

/** Files by drop, by a dialog, or a whole folder of them. */
export function DropZone({ label, hint, accept, multiple, onFiles, children }: Props) {
  const { t } = useTranslation("contribute");
  const [over, setOver] = useState(false);
  const [files, folder] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const take = (picked: Picked[]) => picked.length && onFiles(multiple ? picked : picked.slice(0, 1));
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void fromDrop(event.dataTransfer).then(take);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is for pointers; its buttons do the same
    <div
      role="group"
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={clsx(
        "grid justify-items-center gap-3 rounded-lg border border-dashed px-6 py-7 text-center transition",
        over ? "border-tungsten bg-tungsten-soft" : "border-line-strong/60 bg-ground",
      )}
    >
      {children}
      <div className="grid gap-1">
        <p className="font-medium">{label}</p>
        <p className="text-sm text-muted">{hint}</p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <Button
          size="sm"
          icon={<Upload className="size-4" aria-hidden />}
          onClick={() => files.current?.click()}
        >
          {t(multiple ? "choose_files" : "choose_file")}
        </Button>
        {multiple && (
          <Button
            size="sm"
            look="quiet"
            icon={<FolderUp className="size-4" aria-hidden />}
            onClick={() => folder.current?.click()}
          >
            {t("choose_folder")}
          </Button>
        )}
      </div>
      <FileInput ref={files} {...{ label, accept, multiple }} onFiles={take} />
      {multiple && <FileInput ref={folder} label={t("choose_folder")} multiple folder onFiles={take} />}
    </div>
  );
}

type InputProps = {
  ref: React.Ref<HTMLInputElement>;
  label: string;
  accept?: string;
  multiple?: boolean;
  folder?: boolean;
  onFiles: (picked: Picked[]) => void;
};

export function FileInput({ ref, label, accept, multiple, folder, onFiles }: InputProps) {
  return (
    <input
      ref={ref}
      type="file"
      hidden
      tabIndex={-1}
      aria-label={label}
      {...{ accept, multiple }}
      {...(folder ? { webkitdirectory: "" } : {})}
      onChange={(event) => {
        onFiles(fromInput(event.target.files));
        event.target.value = ""; // so that the same file can be chosen again
      }}
    />
  );
}
