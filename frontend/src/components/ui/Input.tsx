import clsx from "clsx";
import type { ComponentProps } from "react";

import { CONTROL, Field } from "./Field";

type Common = {
  label: string;
  hint?: string;
  error?: string;
  optionalText?: string;
  fieldClassName?: string;
};

export function TextInput({
  label,
  hint,
  error,
  optionalText,
  fieldClassName,
  className,
  ...rest
}: Common & ComponentProps<"input">) {
  return (
    <Field {...{ label, hint, error, optionalText, required: rest.required, className: fieldClassName }}>
      {(wiring) => (
        <input type="text" dir="auto" {...rest} {...wiring} className={clsx(CONTROL, "h-10", className)} />
      )}
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  optionalText,
  fieldClassName,
  className,
  ...rest
}: Common & ComponentProps<"textarea">) {
  return (
    <Field {...{ label, hint, error, optionalText, required: rest.required, className: fieldClassName }}>
      {(wiring) => (
        <textarea
          rows={4}
          dir="auto"
          {...rest}
          {...wiring}
          className={clsx(CONTROL, "py-2 leading-relaxed", className)}
        />
      )}
    </Field>
  );
}
