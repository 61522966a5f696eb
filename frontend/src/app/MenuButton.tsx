import { type ComponentType, type ReactNode, Suspense, useState } from "react";

import { IconButton } from "@/components/ui/IconButton";

export type MenuProps = { trigger: ReactNode };

type Props = { label: string; icon: ReactNode; menu: ComponentType<MenuProps> };

/** The button of a menu that comes, open, when it is first pressed: what menus are made of is no small thing to load. */
export function MenuButton({ label, icon, menu: Menu }: Props) {
  const [pressed, setPressed] = useState(false);
  const button = <IconButton label={label} icon={icon} />;
  const first = (
    <IconButton
      label={label}
      icon={icon}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setPressed(true)}
    />
  );
  if (!pressed) return first;
  return (
    <Suspense fallback={first}>
      <Menu trigger={button} />
    </Suspense>
  );
}
