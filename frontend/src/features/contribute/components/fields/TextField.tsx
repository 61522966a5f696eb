import { TextArea, TextInput } from "@/components/ui/Input";

import { useComplaint } from "../../hooks/use-checks";
import { Place } from "./Place";

type Props = {
  path: string;
  label: string;
  hint?: string;
  value: string | null | undefined;
  onChange: (value: string) => void;
  rows?: number;
  optional?: string;
  placeholder?: string;
  lang?: string;
  className?: string;
  list?: string;
};

/** A text of the record: one line, or as many as `rows` show (line breaks become spaces, as records are one line). */
export function TextField({
  path,
  label,
  hint,
  value,
  onChange,
  rows,
  optional,
  placeholder,
  lang,
  className,
  list,
}: Props) {
  const error = useComplaint(path);
  const common = { label, hint, error, placeholder, lang, optionalText: optional, value: value ?? "" };
  return (
    <Place path={path} className={className}>
      {rows ? (
        <TextArea
          {...common}
          rows={rows}
          onChange={(event) => onChange(event.target.value.replaceAll(/\s*\n\s*/g, " "))}
        />
      ) : (
        <TextInput {...common} list={list} onChange={(event) => onChange(event.target.value)} />
      )}
    </Place>
  );
}
