import { NumberField } from "@/components/ui/NumberField";

type Props = {
  label: string;
  value: number;
  onChange: (value: number) => void;
  onSettled: () => void;
  min?: number;
  max?: number;
  step?: number;
};

/** A figure under its name. */
export function Figure(props: Props) {
  return (
    <label className="grid content-end gap-1 text-xs text-muted">
      {props.label}
      <NumberField {...props} />
    </label>
  );
}
