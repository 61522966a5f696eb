import { useEffect, useEffectEvent } from "react";

/** By the key's place on the keyboard (`KeyJ`), so that they work in every layout; `Ctrl+Enter` also while typing. */
export type Keys = Record<string, () => void>;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

function nameOf(event: KeyboardEvent): string {
  const control = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  return `${control}${event.shiftKey ? "Shift+" : ""}${event.code}`;
}

export function useKeys(keys: Keys, active = true): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const name = nameOf(event);
    const inDialog = document.querySelector("[role=dialog], [role=alertdialog]") !== null;
    const onControl =
      name === "Space" && event.target instanceof HTMLElement && event.target.matches("button, a, summary");
    const action = keys[name];
    if (!action || event.altKey || inDialog || onControl) return;
    if (isTyping(event.target) && !name.startsWith("Ctrl+")) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    if (!active) return;
    const listener = (event: KeyboardEvent) => pressed(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [active]);
}
