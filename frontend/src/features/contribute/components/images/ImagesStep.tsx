import { useTranslation } from "react-i18next";

import { type ReferenceImage, useKeeper, useReferenceImages } from "../../hooks/use-draft";
import { useFileStates } from "../../hooks/use-file-states";
import type { Picked } from "../../uploads/picking";
import { uploader } from "../../uploads/uploader";
import { DropZone } from "../fields/DropZone";
import { Place } from "../fields/Place";
import { ImageCard } from "./ImageCard";
import { SpareImages } from "./SpareImages";

const MOST = 32;
const ACCEPT = "image/jpeg,image/png,image/webp";

export function ImagesStep() {
  const { t } = useTranslation("contribute");
  const { submissionId } = useKeeper();
  const { images, change } = useReferenceImages();
  const stateOf = useFileStates(images.map(({ asset }) => asset));
  const place = (asset: string) =>
    change("asset", (now) => (now.length < MOST ? [...now, { asset, role: "style" }] : now));
  const set = (index: number, fields: Partial<ReferenceImage>) =>
    change(`${index}.${Object.keys(fields).join()}`, (now) =>
      now.map((image, at) => (at === index ? { ...image, ...fields } : image)),
    );
  return (
    <div className="grid gap-6">
      <DropZone
        label={t("images.drop")}
        hint={t("images.drop_hint", { most: MOST })}
        accept={ACCEPT}
        multiple
        onFiles={(picked: Picked[]) => uploader.add(picked, submissionId, place)}
      />
      <Place path="reference_images">
        <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {images.map((image, index) => (
            <li key={image.asset ?? index}>
              <ImageCard
                image={image}
                index={index}
                state={stateOf(image.asset)}
                onChange={(fields) => set(index, fields)}
                onRemove={() => change("asset", (now) => now.filter((_, at) => at !== index))}
              />
            </li>
          ))}
        </ul>
      </Place>
      <SpareImages used={images.map(({ asset }) => asset ?? "")} room={MOST - images.length} onUse={place} />
    </div>
  );
}
