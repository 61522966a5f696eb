import { useQuery } from "@tanstack/react-query";

import { Skeleton } from "@/components/ui/states";
import { api, body } from "@/lib/api";

/** A text to be read by another device's camera. It is black on white in every theme: some readers take no other. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = useQuery({
    queryKey: ["qr-code", text],
    queryFn: ({ signal }) => body(api.POST("/api/v1/qr-codes", { body: { text }, signal })),
    staleTime: Infinity,
    gcTime: 0,
  });
  if (code.isError) return null; // the text itself stands beside it
  if (!code.data) return <Skeleton className="size-44" />;
  const { size, path } = code.data;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-44 rounded-md border border-line bg-white"
    >
      <path d={path} className="fill-black" />
    </svg>
  );
}
