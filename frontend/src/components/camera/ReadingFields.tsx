import { useTranslation } from "react-i18next";

import { TextInput } from "@/components/ui/Input";
import { Select } from "@/components/ui/Select";

import type { Reading } from "./importing";

const AUTO = "auto";
const FORMATS = [
  "npy",
  "realestate10k",
  "colmap",
  "colmap_binary",
  "nerfstudio",
  "tum",
  "kitti",
  "blender",
  "gltf",
  "glb",
  "usd",
  "multicam",
  "pluecker",
] as const;
const CONVENTIONS = [
  "opencv_c2w",
  "opencv_w2c",
  "opengl_c2w",
  "opengl_w2c",
  "unreal_c2w",
  "unreal_w2c",
] as const;
const UPS = ["y", "z", "-y", "-z", "estimate"] as const;
const TIMES = ["s", "ms", "us", "ns", "frames"] as const;

type Choice = "format" | "convention" | "world_up" | "time_unit";
type Props = { reading: Reading; onChange: (reading: Reading) => void };

/** What the uploader knows of a camera file that it does not say itself. */
export function ReadingFields({ reading, onChange }: Props) {
  const { t } = useTranslation("camera");
  const put = (part: Partial<Reading>) =>
    onChange(
      Object.fromEntries(Object.entries({ ...reading, ...part }).filter(([, value]) => value !== undefined)),
    );
  const choice = (field: Choice, values: readonly string[]) => (
    <Select
      label={t(`reading.${field}`)}
      value={reading[field] ?? AUTO}
      onChange={(value) => put({ [field]: value === AUTO ? undefined : value })}
      options={[AUTO, ...values].map((value) => ({ value, label: t(`reading.${field}_${value}`, value) }))}
    />
  );
  const figure = (field: "metres_per_unit" | "fps" | "width" | "height") => (
    <TextInput
      label={t(`reading.${field}`)}
      inputMode="decimal"
      dir="ltr"
      defaultValue={reading[field] ?? ""}
      onBlur={({ target }) =>
        put({ [field]: target.value && Number(target.value) > 0 ? Number(target.value) : undefined })
      }
    />
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {choice("format", FORMATS)}
      {choice("convention", CONVENTIONS)}
      {choice("world_up", UPS)}
      {figure("metres_per_unit")}
      {choice("time_unit", TIMES)}
      {figure("fps")}
      {figure("width")}
      {figure("height")}
      <TextInput
        label={t("reading.camera")}
        defaultValue={reading.camera ?? ""}
        onBlur={({ target }) => put({ camera: target.value || undefined })}
      />
    </div>
  );
}
