/** The colour of a black body, by Planck's law and the CIE 1931 observer. */

const SECOND_RADIATION_CONSTANT_NM_K = 1.438776877e7;
const [FIRST_NM, LAST_NM, STEP_NM] = [380, 780, 5];

/** Wyman, Sloan and Shirley 2013: each lobe is `[height, peak, spread below it, spread above it]`, in nm. */
const LOBES: Record<"x" | "y" | "z", [number, number, number, number][]> = {
  x: [
    [1.056, 599.8, 37.9, 31.0],
    [0.362, 442.0, 16.0, 26.7],
    [-0.065, 501.1, 20.4, 26.2],
  ],
  y: [
    [0.821, 568.8, 46.9, 40.5],
    [0.286, 530.9, 16.3, 31.1],
  ],
  z: [
    [1.217, 437.0, 11.8, 36.0],
    [0.681, 459.0, 26.0, 13.8],
  ],
};

function seen(by: keyof typeof LOBES, nm: number): number {
  return LOBES[by].reduce((sum, [height, peak, below, above]) => {
    const off = (nm - peak) / (nm < peak ? below : above);
    return sum + height * Math.exp(-0.5 * off * off);
  }, 0);
}

/** Linear Rec.709 of luminance 1; negative parts (outside the gamut, under about 1,900 K) are cut. */
export function rgbOfKelvin(kelvin: number): [number, number, number] {
  let [x, y, z] = [0, 0, 0];
  for (let nm = FIRST_NM; nm <= LAST_NM; nm += STEP_NM) {
    const power = (nm / 560) ** -5 / Math.expm1(SECOND_RADIATION_CONSTANT_NM_K / (nm * kelvin));
    x += power * seen("x", nm);
    y += power * seen("y", nm);
    z += power * seen("z", nm);
  }
  const [X, Z] = [x / y, z / y];
  const cut = (value: number) => Math.max(0, value);
  return [
    cut(3.2406 * X - 1.5372 - 0.4986 * Z),
    cut(-0.9689 * X + 1.8758 + 0.0415 * Z),
    cut(0.0557 * X - 0.204 + 1.057 * Z),
  ];
}

/** For a swatch: the colour as bright as a screen can show it. */
export function cssOfKelvin(kelvin: number): string {
  const rgb = rgbOfKelvin(kelvin);
  const most = Math.max(...rgb);
  const encoded = rgb.map((value) => Math.round(255 * (value / most) ** (1 / 2.2)));
  return `rgb(${encoded.join(" ")})`;
}
