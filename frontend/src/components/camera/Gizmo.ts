/** Handles to move a key frame, what it looks at, or to turn it, in the outside view. */
import { Matrix4, Object3D, Quaternion as Turn, Vector3 } from "three";
import { TransformControls } from "three/examples/jsm/controls/TransformControls.js";

import type { Aim, KeyFrame } from "@/lib/camera/keys";
import { rotationOf } from "@/lib/camera/keys";
import { axesOf, fromAxes } from "@/lib/camera/quaternions";
import type { Vector } from "@/lib/record";

import type { CameraStage } from "./CameraStage";

export const HANDLES = ["position", "aim"] as const;
export type Handle = (typeof HANDLES)[number];
export type Moved = Partial<Pick<KeyFrame, "position" | "aim">>;

export class Gizmo {
  private readonly controls: TransformControls;
  private readonly held = new Object3D();
  private key: KeyFrame | null = null;
  private handle: Handle = "position";

  constructor(
    stage: CameraStage,
    element: HTMLElement,
    private readonly told: { moved: (id: number, change: Moved) => void; released: () => void },
  ) {
    this.controls = new TransformControls(stage.eye, element);
    this.controls.setSize(0.8);
    stage.drawings.add(this.held, this.controls.getHelper());
    this.controls.addEventListener("change", stage.surface.draw);
    this.controls.addEventListener("dragging-changed", ({ value }) => {
      stage.orbit.enabled = !value;
      if (!value) this.told.released();
    });
    this.controls.addEventListener("objectChange", () => this.tell());
  }

  get busy(): boolean {
    return this.controls.dragging || this.controls.axis !== null;
  }

  hold(key: KeyFrame | null, handle: Handle): void {
    [this.key, this.handle] = [key, handle];
    if (!key) {
      this.controls.detach();
      return;
    }
    const turns = handle === "aim" && key.aim.kind === "rotation";
    this.controls.setMode(turns ? "rotate" : "translate");
    this.controls.setSpace(turns ? "local" : "world");
    if (!this.controls.dragging) this.put(key, handle);
    this.controls.attach(this.held);
  }

  dispose(): void {
    this.controls.detach();
    this.controls.dispose();
  }

  private put(key: KeyFrame, handle: Handle): void {
    const at = handle === "aim" && key.aim.kind === "look_at" ? key.aim.target : key.position;
    this.held.position.set(...at);
    const { right, down, forward } = axesOf(rotationOf(key));
    const axes = new Matrix4().makeBasis(
      new Vector3(...right),
      new Vector3(...down),
      new Vector3(...forward),
    );
    this.held.quaternion.copy(new Turn().setFromRotationMatrix(axes));
  }

  private tell(): void {
    if (!this.key) return;
    const at = this.held.position.toArray() as Vector;
    if (this.handle === "position") this.told.moved(this.key.id, { position: at });
    else this.told.moved(this.key.id, { aim: this.turned(this.key.aim, at) });
  }

  private turned(aim: Aim, at: Vector): Aim {
    if (aim.kind === "look_at") return { ...aim, target: at };
    const axis = (x: number, y: number, z: number): Vector =>
      new Vector3(x, y, z).applyQuaternion(this.held.quaternion).toArray() as Vector;
    return { kind: "rotation", rotation: fromAxes(axis(1, 0, 0), axis(0, 1, 0), axis(0, 0, 1)) };
  }
}
