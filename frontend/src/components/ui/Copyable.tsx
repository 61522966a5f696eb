import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { IconButton } from "./IconButton";

const SHOWN_MS = 1500;

/** A hash, an id or a command that people take elsewhere; long ones are cut in the middle of the line, copied whole. */
export function Copyable({ text, label, short }: { text: string; label: string; short?: number }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  return (
    <span className="inline-flex max-w-full items-center gap-1" dir="ltr">
      <code className="figures truncate" title={text}>
        {short ? text.slice(0, short) : text}
      </code>
      <IconButton
        label={copied ? t("copied") : t("copy", { what: label })}
        icon={copied ? <Check className="text-good" /> : <Copy />}
        className="size-7 [&_svg]:size-3.5"
        onClick={() => void copy()}
      />
    </span>
  );
}

/** A few lines of code to take away. */
export function Snippet({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative rounded-md bg-sunken" dir="ltr">
      <pre
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        role="region"
        aria-label={label}
        className="relative overflow-x-auto p-4 pe-12 text-start text-sm leading-relaxed"
      >
        <code className="font-mono">{code}</code>
      </pre>
      <span className="absolute end-2 top-2 [&_code]:hidden">
        <Copyable text={code} label={label} />
      </span>
    </div>
  );
}
