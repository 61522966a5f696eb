/** Figures of a camera path, and its outline from above. */
import type { CameraPath } from "../api/read-camera-path";

type Vector = number[];

const dot = (a: Vector, b: Vector) => a.reduce((sum, value, axis) => sum + value * (b[axis] ?? 0), 0);
const distance = (a: Vector, b: Vector) => Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)));
const angle = (a: Vector, b: Vector) => (Math.acos(Math.min(1, Math.max(-1, dot(a, b)))) * 180) / Math.PI;

function along(items: Vector[], measure: (a: Vector, b: Vector) => number): number {
  return items.slice(1).reduce((sum, item, index) => sum + measure(items[index] ?? item, item), 0);
}

/** How far it travels in metres, how far it turns in degrees, its first field of view. */
export function pathFacts(path: CameraPath) {
  return {
    lengthM: along(path.positions, distance),
    turnedDeg: along(path.forward, angle),
    fieldOfViewDeg: path.field_of_view_deg?.[0],
  };
}

/** Which of a preview's frames is nearest to this share of the clip. */
export function pointAt(path: CameraPath, share: number): number {
  const wanted = share * (path.count - 1);
  const after = path.frames.findIndex((frame) => frame >= wanted);
  if (after <= 0) return after < 0 ? path.frames.length - 1 : 0;
  const [before, next] = [path.frames[after - 1] ?? 0, path.frames[after] ?? 0];
  return wanted - before < next - wanted ? after - 1 : after;
}

export type View = "top" | "side";
type Plan = { points: [number, number][]; arrows: [number, number][]; size: number; metres: number };

/** Positions and directions in a square of 100, from above (x, z) or from the side (x, y up). */
export function planOf(path: CameraPath, view: View): Plan {
  const flat = ([x = 0, y = 0, z = 0]: Vector): [number, number] => (view === "top" ? [x, z] : [x, -y]);
  const points = path.positions.map(flat);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const middle = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
  const metres = 1.7 * Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys), 0.2);
  const scale = 100 / metres;
  const placed = points.map(([x, y]): [number, number] => [
    50 + (x - (middle[0] ?? 0)) * scale,
    50 + (y - (middle[1] ?? 0)) * scale,
  ]);
  return { points: placed, arrows: path.forward.map(flat), size: 100, metres };
}
