/** A record's lighting as lights of three.js, in lux and candela. */
import {
  Color,
  DirectionalLight,
  type Group,
  HemisphereLight,
  type Light as ThreeLight,
  LightProbe,
  PointLight,
  SphericalHarmonics3,
  SpotLight,
  Vector3,
} from "three";

import { arrivingLux, candelas, clearSky, DAYLIGHT_K, SUBJECT, towards } from "@/lib/light/lamps";
import { rgbOfKelvin } from "@/lib/light/whites";
import type { Light, Lighting, RecordParts } from "@/lib/record";

const FAR_M = 12; // where lights that have no place are put
const MOST_SHADOWS = 6;
// Irradiance harmonics in radiance ones: the clamped cosine's bands (Ramamoorthi and Hanrahan 2001).
const BANDS = [Math.PI, (2 * Math.PI) / 3, Math.PI / 4] as const;

/** Puts the lights in the place of those of before; what arrives at the subject in lux, of harmonics and maps apart. */
export function light(group: Group, lighting: Lighting): number {
  group.traverse((part) => (part as { dispose?: () => void }).dispose?.());
  group.clear();
  let lux = 0;
  if (lighting.sun) lux += addSun(group, lighting.sun, lighting.cct_k ?? null);
  for (const lamp of lighting.lights ?? []) {
    add(group, lampOf(lamp));
    lux += arrivingLux(lamp);
  }
  if (lighting.sh) group.add(probe(lighting.sh));
  return lux;
}

function addSun(group: Group, sun: RecordParts["Sun"], kelvin: number | null): number {
  const { sunLux, skyLux, sunK } = clearSky(sun.elevation_deg);
  const direct = new DirectionalLight(colour(kelvin ?? sunK), sunLux);
  put(direct, towards({ azimuthDeg: sun.azimuth_deg, elevationDeg: Math.max(1, sun.elevation_deg) }));
  if (sunLux > 0) add(group, direct);
  group.add(new HemisphereLight(colour(12_000), colour(5000).multiplyScalar(0.25), skyLux));
  return sunLux + skyLux;
}

function lampOf(lamp: Light): ThreeLight {
  const tint = colour(lamp.cct_k ?? DAYLIGHT_K);
  if (lamp.type === "directional") {
    const [x, y, z] = lamp.direction ?? [0, -1, 0];
    if ((lamp.softness_deg ?? 0) > 90)
      return new HemisphereLight(tint, tint.clone().multiplyScalar(0.2), lamp.intensity);
    return put(new DirectionalLight(tint, lamp.intensity), [-x, -y, -z]);
  }
  const made = lamp.type === "point" ? new PointLight(tint, candelas(lamp)) : spot(lamp, tint);
  made.position.set(...(lamp.position ?? [0, 3, 0]));
  return made;
}

/** The record keeps no cone: an area lights half the room, a spot the scene. */
function spot(lamp: Light, tint: Color): SpotLight {
  const made = new SpotLight(
    tint,
    candelas(lamp),
    0,
    lamp.type === "area" ? Math.PI / 2.1 : Math.PI / 7,
    lamp.type === "area" ? 1 : 0.4,
  );
  const aim = new Vector3(...(lamp.direction ?? [0, -1, 0])).normalize().multiplyScalar(5);
  made.target.position.set(...(lamp.position ?? [0, 3, 0])).add(aim);
  made.shadow.radius = 1 + (lamp.softness_deg ?? 1) / 4;
  return made;
}

function put(made: DirectionalLight, to: readonly [number, number, number]): DirectionalLight {
  const way = new Vector3(...to).normalize().multiplyScalar(FAR_M);
  made.target.position.set(...SUBJECT);
  made.position.set(...SUBJECT).add(way);
  return made;
}

function add(group: Group, made: ThreeLight): void {
  const shadows = group.children.filter(({ castShadow }) => castShadow).length;
  if (!(made instanceof HemisphereLight) && shadows < MOST_SHADOWS) {
    made.castShadow = true;
    const { shadow } = made as SpotLight;
    shadow.mapSize.set(1024, 1024);
    shadow.bias = -0.0005;
    shadow.normalBias = 0.02;
    if (made instanceof DirectionalLight)
      Object.assign(made.shadow.camera, { left: -4, right: 4, top: 4, bottom: -4 });
  }
  group.add(made);
  if (made instanceof DirectionalLight || made instanceof SpotLight) group.add(made.target);
}

function probe(sh: RecordParts["SphericalHarmonics"]): LightProbe {
  const rows = sh.coeffs.map((row, i) => {
    const band = i === 0 ? 0 : i < 4 ? 1 : 2;
    return new Vector3(...row).divideScalar(sh.kind === "irradiance" ? BANDS[band] : 1);
  });
  return new LightProbe(new SphericalHarmonics3().set(rows));
}

export function colour(kelvin: number): Color {
  return new Color(...rgbOfKelvin(kelvin));
}
