import { Skeleton } from "@/components/ui/states";

import { useAssetDetail } from "../../api/get-assets";

/** What the platform made of a picture, as others will see it: small, and without its metadata. */
export function Thumbnail({ assetId, name }: { assetId: string; name: string }) {
  const { data } = useAssetDetail(assetId);
  const files = data?.renditions?.files ?? [];
  const shown =
    files.find(({ role }) => role === "preview") ?? files.find(({ role }) => role === "thumbnail");
  if (!shown) return <Skeleton className="size-full !rounded-none" />;
  return <img src={shown.url} alt={name} loading="lazy" className="size-full object-contain" />;
}
