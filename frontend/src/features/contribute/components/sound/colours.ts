/** The theme's colours for a canvas, which knows no custom properties. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    wave: of("--line-strong"),
    played: of("--tungsten"),
    cursor: of("--ink"),
    muted: of("--muted"),
    span: mixed(of("--tungsten"), 18),
    spanChosen: mixed(of("--tungsten"), 38),
  };
}

function mixed(colour: string, percent: number): string {
  return `color-mix(in oklab, ${colour} ${percent}%, transparent)`;
}
