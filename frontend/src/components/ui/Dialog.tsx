import { type ReactNode, Suspense, useState } from "react";

import { later } from "@/lib/later";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
};

const DialogWindow = later(() => import("./DialogWindow"));

/** Nothing before it is first opened; it stays in the page then, so that it can close as it should. */
export function Dialog(props: DialogProps) {
  const [used, setUsed] = useState(props.open);
  if (props.open && !used) setUsed(true);
  if (!used) return null;
  return (
    <Suspense>
      <DialogWindow {...props} />
    </Suspense>
  );
}
