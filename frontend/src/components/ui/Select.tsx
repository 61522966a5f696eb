import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";

import { nonce } from "@/lib/nonce";

import { CONTROL, Field } from "./Field";

export type Option<T extends string = string> = { value: T; label: string; hint?: string };

type Props<T extends string> = {
  label: string;
  options: Option<T>[];
  value: T | undefined;
  onChange: (value: T) => void;
  placeholder?: string;
  hint?: string;
  error?: string;
  disabled?: boolean;
  className?: string;
};

export function Select<T extends string>(props: Props<T>) {
  const { label, options, value, onChange, placeholder, hint, error, disabled, className } = props;
  return (
    <Field {...{ label, hint, error, className }}>
      {({ required: _required, ...wiring }) => (
        <Radix.Root value={value ?? ""} onValueChange={(chosen) => onChange(chosen as T)} disabled={disabled}>
          <Radix.Trigger
            {...wiring}
            className={`${CONTROL} flex h-10 items-center justify-between gap-2 text-start data-[placeholder]:text-muted`}
          >
            <span className="truncate">
              <Radix.Value placeholder={placeholder} />
            </span>
            <Radix.Icon>
              <ChevronDown className="size-4 text-muted" aria-hidden />
            </Radix.Icon>
          </Radix.Trigger>
          <Radix.Portal>
            <Radix.Content
              position="popper"
              sideOffset={4}
              className="z-50 max-h-80 min-w-(--radix-select-trigger-width) animate-fade overflow-hidden rounded-md border border-line bg-raised shadow-raised"
            >
              <Radix.Viewport nonce={nonce} className="p-1">
                {options.map((option) => (
                  <SelectOption key={option.value} {...option} />
                ))}
              </Radix.Viewport>
            </Radix.Content>
          </Radix.Portal>
        </Radix.Root>
      )}
    </Field>
  );
}

function SelectOption({ value, label, hint }: Option) {
  return (
    <Radix.Item
      value={value}
      className="flex cursor-default items-center justify-between gap-4 rounded-sm px-2.5 py-1.5 text-sm outline-none data-[highlighted]:bg-sunken"
    >
      <span className="grid">
        <Radix.ItemText>{label}</Radix.ItemText>
        {hint && <span className="text-xs text-muted">{hint}</span>}
      </span>
      <Radix.ItemIndicator>
        <Check className="size-4 text-tungsten" aria-hidden />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}
