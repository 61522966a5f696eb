import { useState } from "react";

import { TextInput } from "@/components/ui/Input";

import { useComplaint } from "../../hooks/use-checks";
import { Place } from "./Place";

type Props = {
  path: string;
  label: string;
  value: number | null | undefined;
  onChange: (value: number | undefined) => void;
  hint?: string;
  className?: string;
};

/** A figure. What is typed on the way to one (`1.`, `-`) stays in the field and out of the record. */
export function NumberField({ path, label, value, onChange, hint, className }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const error = useComplaint(path);
  const change = (text: string) => {
    setTyped(text);
    const figure = Number(text.replace(",", "."));
    if (text.trim() === "") onChange(undefined);
    else if (Number.isFinite(figure)) onChange(figure);
  };
  return (
    <Place path={path} className={className}>
      <TextInput
        {...{ label, hint, error }}
        inputMode="decimal"
        dir="ltr"
        className="figures"
        value={typed ?? value ?? ""}
        onChange={(event) => change(event.target.value)}
        onBlur={() => setTyped(null)}
      />
    </Place>
  );
}
