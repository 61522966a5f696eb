/** The camera's path seen from outside, and the set seen through the camera. Draws only when something changes. */
import {
  DirectionalLight,
  Group,
  HemisphereLight,
  PerspectiveCamera,
  Scene,
  type Vector2,
  Vector3,
} from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";

import type { KeyFrame } from "@/lib/camera/keys";
import { positionAt } from "@/lib/camera/poses";
import type { SampledPath } from "@/lib/camera/sampling";
import { onTheme } from "@/lib/theme";
import { token } from "@/lib/three/colours";
import { disposeOf, figure, grid, ground, props } from "@/lib/three/set";
import { Surface } from "@/lib/three/surface";

import { drawFrusta, drawTrack, strokes, track, writeFrustum } from "./frusta";
import { KeyMarks } from "./KeyMarks";
import { lookThrough, NEAR_M, FAR_M } from "./lookThrough";

const HOME = { eye: [6, 4.5, 8], target: [0, 1, 0] } as const;

export class CameraStage {
  readonly surface: Surface;
  readonly scene = new Scene();
  readonly eye = new PerspectiveCamera(40, 1, NEAR_M, FAR_M);
  readonly orbit: OrbitControls;
  /** What the camera itself must not see. */
  readonly drawings = new Group();
  private readonly through = new PerspectiveCamera();
  private readonly place = new Group();
  private readonly path = track(token("--tungsten"));
  private readonly frusta = strokes(token("--muted"), 0.28);
  private readonly current = strokes(token("--tungsten"), 1);
  private readonly marks = new KeyMarks(this.drawings);
  private sampled: SampledPath | null = null;
  private reach = 4;
  private keys: { list: KeyFrame[]; chosen: number | null } = { list: [], chosen: null };
  private frame = 0;
  private readonly stopTheme: () => void;

  /** Throws `NoWebGL`. */
  constructor(canvas: HTMLCanvasElement, outside: HTMLElement, inside: HTMLElement) {
    this.surface = new Surface(canvas);
    this.place.add(ground(), figure(), props());
    const sun = new DirectionalLight(0xffffff, 2.2);
    sun.position.set(4, 8, 5);
    this.scene.add(this.place, this.drawings, sun, new HemisphereLight(0xdfe8f2, 0x4a4640, 1.3));
    const lines = [this.path.lines, this.frusta.lines, this.current.lines];
    this.drawings.add(grid(token("--line-strong")), ...lines);
    this.eye.position.set(...HOME.eye);
    this.orbit = new OrbitControls(this.eye, outside);
    this.orbit.target.set(...HOME.target);
    this.orbit.update();
    this.orbit.addEventListener("change", this.surface.draw);
    this.through.matrixAutoUpdate = false;
    this.stopTheme = onTheme(this.paint);
    this.paint();
    this.showIn(outside, inside);
  }

  setPath(path: SampledPath): void {
    this.sampled = path;
    this.reach = reachOf(path);
    drawTrack(this.path, path);
    drawFrusta(this.frusta, path, this.reach * 0.05 + 0.12);
    this.setFrame(this.frame);
  }

  setKeys(list: KeyFrame[], chosen: number | null): void {
    this.keys = { list, chosen };
    this.marks.set(list, chosen, { plain: token("--ink"), chosen: token("--tungsten") });
    this.surface.draw();
  }

  /** Shows the set through the camera of a frame. */
  setFrame(frame: number): void {
    this.frame = frame;
    if (!this.sampled) return;
    const shown = Math.min(frame, this.sampled.frames - 1);
    writeFrustum(this.current.room(16), 0, this.sampled, shown, this.reach * 0.1 + 0.3);
    lookThrough(this.through, this.sampled, shown);
    this.surface.draw();
  }

  keyAt(point: Vector2): number | null {
    return this.marks.at(point, this.eye);
  }

  /** The whole path in sight; `from` says from where, as a direction in the world. */
  frameAll(from?: readonly [number, number, number]): void {
    const towards = from ? new Vector3(...from) : this.eye.position.clone().sub(this.orbit.target);
    this.orbit.target.set(...HOME.target);
    this.eye.position
      .copy(this.orbit.target)
      .addScaledVector(towards.normalize(), Math.max(4, this.reach) * 2.2);
    this.orbit.update();
    this.surface.draw();
  }

  dispose(): void {
    this.stopTheme();
    this.orbit.dispose();
    for (const drawn of [this.path, this.frusta, this.current]) drawn.dispose();
    this.marks.dispose();
    disposeOf(this.place);
    this.surface.dispose();
  }

  private showIn(outside: HTMLElement, inside: HTMLElement): void {
    const fit = (aspect: number) => {
      this.eye.aspect = aspect;
      this.eye.updateProjectionMatrix();
    };
    const drawn = (visible: boolean) => () => {
      this.drawings.visible = visible;
      if (visible) this.marks.fitTo(this.eye.position);
    };
    this.surface.show([
      { element: outside, scene: this.scene, camera: this.eye, fit, before: drawn(true) },
      {
        element: inside,
        scene: this.scene,
        camera: this.through,
        fit: () => undefined,
        before: drawn(false),
      },
    ]);
  }

  private readonly paint = (): void => {
    this.scene.background = token("--sunken");
    this.path.material.color = token("--tungsten");
    this.current.material.color = token("--tungsten");
    this.frusta.material.color = token("--muted");
    this.setKeys(this.keys.list, this.keys.chosen);
  };
}

/** How far from the middle of the set the path goes, in metres. */
function reachOf(path: SampledPath): number {
  let far = 1;
  const stride = Math.ceil(path.frames / 64);
  for (let frame = 0; frame < path.frames; frame += stride)
    far = Math.max(far, Math.hypot(...positionAt(path, frame)));
  return Math.min(far, FAR_M / 3);
}
