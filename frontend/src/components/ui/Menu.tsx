import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";

const ITEM =
  "flex cursor-default items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-sm outline-none data-[highlighted]:bg-sunken data-[disabled]:opacity-45 [&_svg]:size-4 [&_svg]:text-muted";

export function Menu({
  trigger,
  children,
  label,
  defaultOpen,
}: {
  trigger: ReactNode;
  children: ReactNode;
  label: string;
  defaultOpen?: boolean;
}) {
  return (
    <DropdownMenu.Root defaultOpen={defaultOpen}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-52 animate-fade rounded-md border border-line bg-raised p-1 shadow-raised"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

type ItemProps = {
  icon?: ReactNode;
  children: ReactNode;
  onSelect?: () => void;
  asChild?: boolean;
  disabled?: boolean;
};

export function MenuItem({ icon, children, onSelect, asChild, disabled }: ItemProps) {
  return (
    <DropdownMenu.Item {...{ onSelect, asChild, disabled }} className={ITEM}>
      {asChild ? (
        children
      ) : (
        <>
          {icon}
          {children}
        </>
      )}
    </DropdownMenu.Item>
  );
}

type RadioProps<T extends string> = {
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
};

export function MenuRadio<T extends string>({ label, value, options, onChange }: RadioProps<T>) {
  return (
    <>
      <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-2xs tracking-wide text-muted uppercase">
        {label}
      </DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={value} onValueChange={(chosen) => onChange(chosen as T)}>
        {options.map((option) => (
          <DropdownMenu.RadioItem
            key={option.value}
            value={option.value}
            className={`${ITEM} justify-between`}
          >
            {option.label}
            <DropdownMenu.ItemIndicator>
              <span className="block size-1.5 rounded-full bg-tungsten" />
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
