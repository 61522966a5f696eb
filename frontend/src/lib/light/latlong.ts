/** A record's map (OpenEXR latlong: middle +Z, left of it +X) turned into the world and laid out as three.js wants it. */

export type Pixels = { data: Float32Array; width: number; height: number };

/**
 * RGBA rows from the bottom up; three.js has +X in the middle and +Z a quarter to the right.
 *
 * `worldFromEnv`: nine numbers, row by row.
 */
export function turnedLatlong(from: Pixels, worldFromEnv: readonly number[], width = 512): Pixels {
  const height = width / 2;
  const data = new Float32Array(width * height * 4);
  const r = worldFromEnv;
  for (let row = 0; row < height; row += 1) {
    const latitude = ((row + 0.5) / height - 0.5) * Math.PI;
    for (let column = 0; column < width; column += 1) {
      const around = ((column + 0.5) / width - 0.5) * 2 * Math.PI;
      const [x, y, z] = [
        Math.cos(around) * Math.cos(latitude),
        Math.sin(latitude),
        Math.sin(around) * Math.cos(latitude),
      ];
      const env = [0, 1, 2].map((c) => r[c]! * x + r[3 + c]! * y + r[6 + c]! * z); // the transpose: world to map
      copy(from, env as [number, number, number], data, (row * width + column) * 4);
    }
  }
  return { data, width, height };
}

function copy(
  { data, width, height }: Pixels,
  [x, y, z]: [number, number, number],
  into: Float32Array,
  at: number,
): void {
  const u = 0.5 - Math.atan2(x, z) / (2 * Math.PI);
  const v = 0.5 + Math.asin(Math.max(-1, Math.min(1, y))) / Math.PI;
  const column = Math.min(width - 1, Math.floor(u * width));
  const row = Math.min(height - 1, Math.floor(v * height));
  const pixel = (row * width + column) * 4;
  for (let c = 0; c < 3; c += 1) into[at + c] = data[pixel + c]!;
  into[at + 3] = 1;
}
