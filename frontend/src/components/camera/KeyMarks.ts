/** A ball at every key frame, as large on screen wherever it is; all of them in one draw call. */
import {
  type Camera,
  type Color,
  InstancedMesh,
  Matrix4,
  MeshBasicMaterial,
  type Object3D,
  Raycaster,
  SphereGeometry,
  type Vector2,
  Vector3,
} from "three";

import type { KeyFrame } from "@/lib/camera/keys";

const SIZE = 0.012; // of the distance to the eye
const CHOSEN = 1.6;

export class KeyMarks {
  private balls = balls(64);
  private keys: KeyFrame[] = [];
  private chosen: number | null = null;
  private seenFrom = new Vector3(Infinity);

  constructor(private readonly parent: Object3D) {
    parent.add(this.balls);
  }

  set(keys: KeyFrame[], chosen: number | null, colours: { plain: Color; chosen: Color }): void {
    [this.keys, this.chosen] = [keys, chosen];
    if (this.balls.instanceMatrix.count < keys.length) this.grow(keys.length * 2);
    this.balls.count = keys.length;
    keys.forEach((key, i) => this.balls.setColorAt(i, key.id === chosen ? colours.chosen : colours.plain));
    if (this.balls.instanceColor) this.balls.instanceColor.needsUpdate = true;
    this.seenFrom.setScalar(Infinity);
  }

  /** Sizes the balls for an eye; nothing to do while neither has moved. */
  fitTo(eye: Vector3): void {
    if (eye.equals(this.seenFrom)) return;
    this.seenFrom.copy(eye);
    const matrix = new Matrix4();
    const place = new Vector3();
    this.keys.forEach((key, i) => {
      const size = place.set(...key.position).distanceTo(eye) * SIZE * (key.id === this.chosen ? CHOSEN : 1);
      this.balls.setMatrixAt(i, matrix.makeScale(size, size, size).setPosition(place));
    });
    this.balls.instanceMatrix.needsUpdate = true;
    this.balls.boundingSphere = null;
  }

  /** The key frame under a point of the view, in [-1, 1]. */
  at(point: Vector2, camera: Camera): number | null {
    const ray = new Raycaster();
    ray.setFromCamera(point, camera);
    const hit = ray.intersectObject(this.balls)[0];
    return hit?.instanceId === undefined ? null : (this.keys[hit.instanceId]?.id ?? null);
  }

  dispose(): void {
    this.balls.geometry.dispose();
    this.balls.dispose();
  }

  private grow(room: number): void {
    this.parent.remove(this.balls);
    this.dispose();
    this.balls = balls(room);
    this.parent.add(this.balls);
  }
}

function balls(room: number): InstancedMesh {
  const made = new InstancedMesh(new SphereGeometry(1, 14, 10), new MeshBasicMaterial(), room);
  made.count = 0;
  made.frustumCulled = false;
  return made;
}
