/** A figure, a grey and a chrome ball in the record's light. Draws only when something changes. */
import {
  ACESFilmicToneMapping,
  Color,
  DataTexture,
  EquirectangularReflectionMapping,
  FloatType,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  PCFShadowMap,
  PerspectiveCamera,
  Raycaster,
  Scene,
  SphereGeometry,
  Vector2,
} from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";

import { clearSky, DAYLIGHT_K, placeOf, SUBJECT, towards } from "@/lib/light/lamps";
import type { Pixels } from "@/lib/light/latlong";
import type { Lighting, Vector } from "@/lib/record";
import { disposeOf, figure, ground } from "@/lib/three/set";
import { Surface } from "@/lib/three/surface";

import { colour, light } from "./lit";

/** What is aimed: the sun, or a lamp by its place in the list. */
export type Chosen = "sun" | number | null;

const MARK_M = 3.2; // where lights that have no place show their handle
// A grey that fills its frame comes out at middle grey: EV 100 by ISO 2720's K of 12.5, with the lux of the subject.
const EXPOSURE = 2.4;

export class LightStage {
  readonly surface: Surface;
  readonly orbit: OrbitControls;
  private readonly scene = new Scene();
  private readonly eye = new PerspectiveCamera(38, 1, 0.05, 200);
  private readonly place = new Group();
  private readonly lights = new Group();
  private readonly marks = new Group();
  private readonly ball = new SphereGeometry(1, 48, 32);
  private map: DataTexture | null = null;
  private lighting: Lighting | null = null;
  private ev = 0;

  /** Throws `NoWebGL`. */
  constructor(canvas: HTMLCanvasElement, view: HTMLElement) {
    this.surface = new Surface(canvas);
    this.surface.renderer.toneMapping = ACESFilmicToneMapping;
    this.surface.renderer.shadowMap.enabled = true;
    this.surface.renderer.shadowMap.type = PCFShadowMap;
    this.place.add(ground(), figure(), this.probeBall(-0.95, 0.18, 0.9, 0), this.probeBall(0.95, 1, 0.05, 1));
    this.scene.add(this.place, this.lights, this.marks);
    this.eye.position.set(0, 1.75, 5.2);
    this.orbit = new OrbitControls(this.eye, view);
    this.orbit.target.set(0, 1.05, 0);
    this.orbit.maxPolarAngle = Math.PI / 2;
    this.orbit.update();
    this.orbit.addEventListener("change", this.surface.draw);
    const fit = (aspect: number) => {
      this.eye.aspect = aspect;
      this.eye.updateProjectionMatrix();
    };
    this.surface.show([{ element: view, scene: this.scene, camera: this.eye, fit }]);
  }

  set(lighting: Lighting, chosen: Chosen, ev: number): void {
    [this.lighting, this.ev] = [lighting, ev];
    const lux = light(this.lights, lighting);
    this.mark(lighting, chosen);
    this.expose(lux);
    this.surface.draw();
  }

  /** The map's light, and its picture behind the scene; null takes it away. */
  setMap(pixels: Pixels | null): void {
    this.map?.dispose();
    this.map = pixels && new DataTexture(pixels.data, pixels.width, pixels.height, undefined, FloatType);
    if (this.map) {
      this.map.mapping = EquirectangularReflectionMapping;
      this.map.needsUpdate = true;
    }
    this.scene.environment = this.map;
    if (this.lighting) this.expose(light(this.lights, this.lighting));
    this.surface.draw();
  }

  /** Which light's handle is under a point of the view, in [-1, 1]. */
  lightAt(x: number, y: number): Chosen {
    const ray = new Raycaster();
    ray.setFromCamera(new Vector2(x, y), this.eye);
    const hit = ray.intersectObjects(this.marks.children)[0];
    return (hit?.object.userData.light as Chosen | undefined) ?? null;
  }

  /** Which way the eye looks, in degrees clockwise from north: dragging right moves a light to the right as one sees it. */
  get heading(): number {
    const { x, z } = this.eye.position;
    return (Math.atan2(this.orbit.target.x - x, z - this.orbit.target.z) * 180) / Math.PI;
  }

  dispose(): void {
    this.orbit.dispose();
    this.map?.dispose();
    this.ball.dispose();
    for (const mark of this.marks.children) ((mark as Mesh).material as MeshBasicMaterial).dispose();
    disposeOf(this.place);
    this.surface.dispose();
  }

  private expose(lux: number): void {
    const { renderer } = this.surface;
    const gain = 2 ** this.ev;
    const own = lux > 0 ? (EXPOSURE / lux) * Math.PI : 1;
    renderer.toneMappingExposure = gain * own;
    this.scene.environmentIntensity = lux > 0 ? 1 / own : 1;
    this.scene.background = this.map ?? this.sky(lux);
    this.scene.backgroundBlurriness = 0.15;
    this.scene.backgroundIntensity = this.map ? this.scene.environmentIntensity : 1;
  }

  /** As bright as the sky is against what it lights; a background is drawn as given, past the exposure. */
  private sky(lux: number): Color {
    const sun = this.lighting?.sun;
    if (!sun) return new Color(0.012, 0.013, 0.016);
    const share = (EXPOSURE * clearSky(sun.elevation_deg).skyLux) / Math.max(1, lux);
    return colour(11_000).multiplyScalar(Math.min(0.62, 0.02 + share * 2 ** this.ev));
  }

  private mark(lighting: Lighting, chosen: Chosen): void {
    for (const mark of this.marks.children) ((mark as Mesh).material as MeshBasicMaterial).dispose();
    this.marks.clear();
    const add = (id: "sun" | number, at: Vector, kelvin: number) => {
      const material = new MeshBasicMaterial({ color: colour(kelvin), toneMapped: false });
      const ball = new Mesh(this.ball, material);
      ball.position.set(...at);
      ball.scale.setScalar(id === chosen ? 0.1 : 0.06);
      ball.userData.light = id;
      this.marks.add(ball);
    };
    const apart = (to: Vector) => to.map((value, i) => SUBJECT[i]! + value * MARK_M) as Vector;
    if (lighting.sun)
      add(
        "sun",
        apart(towards({ azimuthDeg: lighting.sun.azimuth_deg, elevationDeg: lighting.sun.elevation_deg })),
        4500,
      );
    lighting.lights?.forEach((lamp, i) =>
      add(
        i,
        (lamp.position as Vector | null | undefined) ?? apart(towards(placeOf(lamp))),
        lamp.cct_k ?? DAYLIGHT_K,
      ),
    );
  }

  private probeBall(x: number, grey: number, roughness: number, metalness: number): Mesh {
    const ball = new Mesh(
      this.ball,
      new MeshStandardMaterial({ color: new Color(grey, grey, grey), roughness, metalness }),
    );
    ball.scale.setScalar(0.34);
    ball.position.set(x, 0.34, 0.4);
    ball.castShadow = true;
    ball.receiveShadow = true;
    return ball;
  }
}
