/** The slate: its clapper's stripes over a board, and the name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2.5" dir="ltr">
      <svg viewBox="0 0 28 24" className="h-6 w-7" aria-hidden="true">
        <path d="M2 9.5h24V21a1.5 1.5 0 0 1-1.5 1.5h-21A1.5 1.5 0 0 1 2 21Z" fill="currentColor" />
        <g transform="rotate(-11 2 8)">
          <rect x="2" y="3.2" width="24" height="4.8" rx="1" fill="currentColor" />
          <path
            d="m6 8 3-4.8h3.4l-3 4.8Zm7.4 0 3-4.8h3.4l-3 4.8Zm7.4 0 3-4.8H26V6l-1.3 2Z"
            fill="var(--tungsten)"
          />
        </g>
      </svg>
      <span className="text-[1.0625rem] font-semibold tracking-tight [font-stretch:85%]">OpenSlate</span>
    </span>
  );
}
