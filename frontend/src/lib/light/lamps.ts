/** Lamps of a record: where they stand, what arrives from them, and sets of them that film crews know. */
import type { Light, Lighting, Vector } from "@/lib/record";

export type Angles = { azimuthDeg: number; elevationDeg: number };

const DEGREES = 180 / Math.PI;
const NEAREST_M = 0.05;
export const DAYLIGHT_K = 6500;
/** What the light falls on: the middle of the figure. */
export const SUBJECT: Vector = [0, 1.2, 0];

/** The unit vector to a light; azimuth clockwise from north. */
export function towards({ azimuthDeg, elevationDeg }: Angles): Vector {
  const [azimuth, elevation] = [azimuthDeg / DEGREES, elevationDeg / DEGREES];
  return [
    Math.sin(azimuth) * Math.cos(elevation),
    Math.sin(elevation),
    -Math.cos(azimuth) * Math.cos(elevation),
  ];
}

export function anglesOf([x, y, z]: Vector): Angles {
  const azimuthDeg = (Math.atan2(x, -z) * DEGREES + 360) % 360;
  return { azimuthDeg, elevationDeg: Math.atan2(y, Math.hypot(x, z)) * DEGREES };
}

/** From the subject to the lamp: its angles, and its distance where it has a place. */
export function placeOf(lamp: Light): Angles & { distanceM: number | null } {
  if (lamp.type === "directional" || !lamp.position) {
    const [x, y, z] = (lamp.direction ?? [0, -1, 0]) as Vector;
    return { ...anglesOf([-x, -y, -z]), distanceM: null };
  }
  const offset = lamp.position.map((value, i) => value - SUBJECT[i]!) as Vector;
  return { ...anglesOf(offset), distanceM: Math.hypot(...offset) };
}

/** The lamp moved there; what has a direction goes on shining at the subject. */
export function placed(
  lamp: Light,
  { azimuthDeg, elevationDeg, distanceM }: Angles & { distanceM: number | null },
): Light {
  const to = towards({ azimuthDeg, elevationDeg });
  const direction: Vector = [-to[0], -to[1], -to[2]];
  if (lamp.type === "directional") return { ...lamp, direction, position: null };
  const distance = Math.max(NEAREST_M, distanceM ?? 3);
  const position = to.map((value, i) => SUBJECT[i]! + value * distance) as Vector;
  return { ...lamp, position, direction: lamp.type === "point" ? null : direction };
}

/** Another kind of lamp at the same place with the same light on the subject. */
export function changedTo(lamp: Light, type: Light["type"]): Light {
  const lux = arrivingLux(lamp);
  const where = placeOf(lamp);
  const distanceM = where.distanceM ?? 3;
  const next = placed({ ...lamp, type, unit: type === "directional" ? "lx" : "cd" }, { ...where, distanceM });
  return { ...next, intensity: type === "directional" ? lux : lux * distanceM ** 2 };
}

/** Candelas towards the subject, as the platform takes lumens: over the sphere (point), else over a cosine lobe. */
export function candelas(lamp: Light): number {
  if (lamp.unit !== "lm") return lamp.intensity;
  return lamp.intensity / (lamp.type === "point" ? 4 * Math.PI : Math.PI);
}

/** Lux on a surface at the subject that faces the lamp. */
export function arrivingLux(lamp: Light): number {
  if (lamp.type === "directional") return lamp.intensity;
  return candelas(lamp) / Math.max(NEAREST_M, placeOf(lamp).distanceM ?? 1) ** 2;
}

/** Stops between key with fill and fill alone; null without both. */
export function contrastStops(lamps: Light[]): number | null {
  const sum = (roles: Light["role"][]) =>
    lamps.filter(({ role }) => roles.includes(role)).reduce((lux, lamp) => lux + arrivingLux(lamp), 0);
  const [key, fill] = [sum(["key"]), sum(["fill", "ambient"])];
  return key && fill ? Math.log2((key + fill) / fill) : null;
}

/** Direct sun and sky in lux, and the sun's colour, on a clear day (Kasten and Young's air mass). */
export function clearSky(elevationDeg: number): { sunLux: number; skyLux: number; sunK: number } {
  if (elevationDeg <= -0.8) {
    const twilight = Math.max(0, 1 + elevationDeg / 12);
    return { sunLux: 0, skyLux: 0.3 + 400 * twilight ** 3, sunK: 9000 };
  }
  const above = Math.max(0, elevationDeg);
  const airMass = 1 / (Math.sin(above / DEGREES) + 0.50572 * (above + 6.07995) ** -1.6364);
  return {
    sunLux: 128_000 * Math.exp(-0.21 * airMass),
    skyLux: 800 + 15_500 * Math.sqrt(Math.sin(above / DEGREES)),
    sunK: Math.max(1900, 5700 - 160 * Math.max(0, airMass - 1.2) ** 1.02),
  };
}

type Set = { azimuthDeg: number; elevationDeg: number; distanceM: number } & Partial<Light>;

function lamp(role: Light["role"], { azimuthDeg, elevationDeg, distanceM, ...rest }: Set): Light {
  const base: Light = {
    role,
    type: "area",
    intensity: 1000,
    unit: "cd",
    cct_k: 5600,
    softness_deg: 10,
    ...rest,
  };
  return placed(base, { azimuthDeg, elevationDeg, distanceM });
}

export function newLamp(role: Light["role"] = "key"): Light {
  return lamp(role, { azimuthDeg: 135, elevationDeg: 35, distanceM: 3 });
}

/** The subject faces south (+Z), the camera stands there. */
export const PRESETS = {
  three_point: (): Partial<Lighting> => ({
    sun: null,
    lights: [
      lamp("key", { azimuthDeg: 137, elevationDeg: 35, distanceM: 3, intensity: 9000, softness_deg: 18 }),
      lamp("fill", { azimuthDeg: 222, elevationDeg: 15, distanceM: 3.5, intensity: 3000, softness_deg: 40 }),
      lamp("rim", {
        azimuthDeg: 330,
        elevationDeg: 40,
        distanceM: 3,
        intensity: 7000,
        type: "spot",
        softness_deg: 5,
      }),
    ],
  }),
  golden_hour: (): Partial<Lighting> => ({
    sun: { azimuth_deg: 245, elevation_deg: 6 },
    cct_k: 3500,
    lights: [],
  }),
  overcast: (): Partial<Lighting> => ({
    sun: null,
    cct_k: 6800,
    lights: [
      placed(
        { role: "ambient", type: "directional", intensity: 9000, unit: "lx", cct_k: 6800, softness_deg: 150 },
        { azimuthDeg: 180, elevationDeg: 85, distanceM: null },
      ),
    ],
  }),
  night_street: (): Partial<Lighting> => ({
    sun: null,
    cct_k: 2300,
    lights: [
      lamp("key", {
        azimuthDeg: 150,
        elevationDeg: 58,
        distanceM: 6,
        type: "spot",
        intensity: 900,
        cct_k: 2100,
        softness_deg: 4,
      }),
      lamp("rim", {
        azimuthDeg: 20,
        elevationDeg: 35,
        distanceM: 8,
        type: "spot",
        intensity: 1200,
        cct_k: 2100,
        softness_deg: 4,
      }),
      lamp("practical", {
        azimuthDeg: 255,
        elevationDeg: 2,
        distanceM: 4,
        type: "area",
        intensity: 120,
        cct_k: 4200,
        softness_deg: 30,
      }),
    ],
  }),
} as const;
export type Preset = keyof typeof PRESETS;
