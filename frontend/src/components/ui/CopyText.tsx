import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "./IconButton";

/** A secret, an address or a command to be taken along: wraps, can be selected, and is copied at a press. */
export function CopyText({ text }: { text: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <div className="flex items-start justify-between gap-2 rounded-md border border-line bg-sunken py-1 ps-3 pe-1">
      <code className="figures min-w-0 py-1.5 text-sm [overflow-wrap:anywhere] whitespace-pre-wrap select-all">
        {text}
      </code>
      <IconButton
        label={t(copied ? "copied" : "copy")}
        icon={copied ? <Check /> : <Copy />}
        onClick={() => void copy()}
      />
    </div>
  );
}
