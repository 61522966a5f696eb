/** Frame 75 at 24 frames per second -> `00:00:03:03`. Counts frames at the rounded rate, as non-drop timecode does. */
export function smpte(frame: number, fps: number): string {
  const perSecond = Math.max(1, Math.round(fps));
  const seconds = Math.floor(frame / perSecond);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frame % perSecond];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
