import { Field } from "@/components/ui/Field";

type Props = { label: string; hint?: string; file: File | null; onChange: (file: File | null) => void };

export function FileField({ label, hint, file, onChange }: Props) {
  return (
    <Field label={label} hint={hint}>
      {(wiring) => (
        <input
          {...wiring}
          type="file"
          onChange={(event) => onChange(event.target.files?.[0] ?? file)}
          className="w-full rounded-md border border-dashed border-line-strong/70 bg-surface p-3 text-sm text-muted file:me-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:text-sm file:text-ink"
        />
      )}
    </Field>
  );
}
