import { Check } from "lucide-react";
import { Checkbox as RadixCheckbox, Switch as RadixSwitch } from "radix-ui";
import { type ReactNode, useId } from "react";

type Props = {
  label: ReactNode;
  hint?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
};

function Labelled({
  id,
  label,
  hint,
  children,
}: {
  id: string;
  label: ReactNode;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <div className="flex items-start gap-2.5">
      {children}
      <label htmlFor={id} className="grid gap-0.5 text-sm leading-5">
        {label}
        {hint && <span className="text-xs text-muted">{hint}</span>}
      </label>
    </div>
  );
}

export function Checkbox({ label, hint, checked, onChange, disabled }: Props) {
  const id = useId();
  return (
    <Labelled {...{ id, label, hint }}>
      <RadixCheckbox.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(state) => onChange(state === true)}
        className="mt-px grid size-[18px] shrink-0 place-items-center rounded-sm border border-line-strong bg-surface disabled:opacity-45 data-[state=checked]:border-ink data-[state=checked]:bg-ink"
      >
        <RadixCheckbox.Indicator>
          <Check className="size-3.5 text-on-ink" strokeWidth={3} aria-hidden />
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
    </Labelled>
  );
}

export function Switch({ label, hint, checked, onChange, disabled }: Props) {
  const id = useId();
  return (
    <Labelled {...{ id, label, hint }}>
      <RadixSwitch.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="h-5 w-9 shrink-0 rounded-full bg-line-strong p-0.5 transition disabled:opacity-45 data-[state=checked]:bg-tungsten"
      >
        <RadixSwitch.Thumb className="block size-4 rounded-full bg-raised transition data-[state=checked]:ltr:translate-x-4 data-[state=checked]:rtl:-translate-x-4" />
      </RadixSwitch.Root>
    </Labelled>
  );
}
