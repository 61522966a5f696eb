/** How a white ball looks in the light of a record: irradiance from second-order spherical harmonics.

Ramamoorthi and Hanrahan, "An Efficient Representation for Irradiance Environment Maps", 2001. Coefficients are in the
order of bands [l, m] = 00, 1-1, 10, 11, 2-2, 2-1, 20, 21, 22, each [r, g, b] in linear light; +Y is up. */

const COSINE = [Math.PI, (2 * Math.PI) / 3, Math.PI / 4]; // the kernel's factor of each band
const BAND = [0, 1, 1, 1, 2, 2, 2, 2, 2];

function basis(x: number, y: number, z: number): number[] {
  return [
    0.282095,
    0.488603 * y,
    0.488603 * z,
    0.488603 * x,
    1.092548 * x * y,
    1.092548 * y * z,
    0.315392 * (3 * z * z - 1),
    1.092548 * x * z,
    0.546274 * (x * x - y * y),
  ];
}

/** Linear [r, g, b] that a white diffuse surface with this normal sends out. */
export function shade(coeffs: number[][], kind: string, normal: [number, number, number]): number[] {
  const sums = [0, 0, 0];
  basis(...normal).forEach((value, index) => {
    const factor = kind === "radiance" ? (COSINE[BAND[index] ?? 0] ?? 0) / Math.PI : 1 / Math.PI;
    for (let c = 0; c < 3; c++) sums[c] = (sums[c] ?? 0) + value * factor * (coeffs[index]?.[c] ?? 0);
  });
  return sums.map((sum) => Math.max(0, sum));
}

export function encodeSrgb(linear: number): number {
  const held = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (held <= 0.0031308 ? 12.92 * held : 1.055 * held ** (1 / 2.4) - 0.055));
}
