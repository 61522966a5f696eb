import { ImageIcon, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { IconButton } from "@/components/ui/IconButton";
import { Select } from "@/components/ui/Select";

import { labelOf, useVocabulary } from "../../api/get-vocabulary";
import { useComplaint, usePrecheckResult } from "../../hooks/use-checks";
import type { ReferenceImage } from "../../hooks/use-draft";
import type { FileState } from "../../hooks/use-file-states";
import { useSubjects } from "../../hooks/use-subjects";
import { Place } from "../fields/Place";
import { AssetState } from "../uploads/AssetState";
import { Refusal } from "../uploads/UploadRow";
import { Thumbnail } from "./Thumbnail";

type Props = {
  image: ReferenceImage;
  index: number;
  state: FileState;
  onChange: (fields: Partial<ReferenceImage>) => void;
  onRemove: () => void;
};

/** One reference image: what it shows the shot, whose it is, and whether the platform takes it. */
export function ImageCard({ image, index, state, onChange, onRemove }: Props) {
  const { t, i18n } = useTranslation("contribute");
  const { data: roles } = useVocabulary("reference_role");
  const subjects = useSubjects();
  const path = `reference_images[${index}]`;
  const complaint = useComplaint(`${path}.asset`);
  const { upload, asset } = state;
  const facts = asset?.facts as { width?: number; height?: number } | undefined;
  const isReady = asset?.status === "ready";
  return (
    <Place path={path} className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="relative grid aspect-[3/2] place-items-center bg-sunken">
        {isReady ? (
          <Thumbnail assetId={asset.id} name={asset.name} />
        ) : (
          <ImageIcon className="size-8 text-muted" strokeWidth={1.25} aria-hidden />
        )}
        <div className="absolute inset-x-2 top-2 flex flex-wrap gap-1.5">
          {!isReady && <AssetState {...state} />}
          <Duplicate path={`${path}.asset`} />
        </div>
      </div>
      <div className="grid gap-3 p-4">
        <div className="flex items-center gap-2">
          <bdi className="min-w-0 grow truncate text-sm">
            {asset?.name ?? upload?.name ?? t("images.unnamed")}
          </bdi>
          {facts?.width && (
            <span className="figures text-xs text-muted">
              {facts.width}×{facts.height}
            </span>
          )}
          <IconButton label={t("images.remove")} icon={<Trash2 />} className="!size-8" onClick={onRemove} />
        </div>
        {asset && <Refusal asset={asset} />}
        {isReady && complaint && <p className="text-xs font-medium text-bad">{complaint}</p>}
        <Place path={`${path}.role`}>
          <Select
            label={t("images.role")}
            value={image.role ?? undefined}
            options={(roles?.terms ?? []).map((term) => ({
              value: term.id,
              label: labelOf(term, i18n.language),
            }))}
            onChange={(role) => onChange({ role: role as ReferenceImage["role"] })}
          />
        </Place>
        {image.role === "subject" && (
          <Place path={`${path}.subject`}>
            <Select
              label={t("images.subject")}
              value={image.subject ?? undefined}
              options={subjects}
              placeholder={t(subjects.length ? "images.which_subject" : "images.no_subjects")}
              disabled={!subjects.length}
              onChange={(subject) => onChange({ subject })}
            />
          </Place>
        )}
      </div>
    </Place>
  );
}

function Duplicate({ path }: { path: string }) {
  const { t } = useTranslation("contribute");
  const found = usePrecheckResult()?.duplicates.find((duplicate) => duplicate.path === path);
  if (!found) return null;
  return <Badge tone={found.kind === "exact" ? "bad" : "warn"}>{t(`images.duplicate.${found.kind}`)}</Badge>;
}
