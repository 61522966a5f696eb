import { useMutation } from "@tanstack/react-query";
import type { DragEvent } from "react";

import { toastError } from "@/components/ui/Toasts";
import { storeFile } from "@/lib/assets";

/** A picture chosen or dropped is stored, and searched by once it is verified. */
export function usePictureSearch(onStored: (asset: string) => void) {
  const store = useMutation({
    mutationFn: (file: File) => storeFile(file),
    onSuccess: ({ id }) => onStored(id),
    onError: toastError,
  });
  const take = (file: File) => store.mutate(file);
  const drop = {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const [file] = event.dataTransfer.files;
      if (file) take(file);
    },
  };
  return { take, drop, storing: store.isPending };
}
