/** A film set to look at: ground in metres, a figure 1.75 m tall at the middle, things around it to see depth by. */
import {
  BoxGeometry,
  type BufferGeometry,
  CapsuleGeometry,
  Color,
  CylinderGeometry,
  GridHelper,
  Mesh,
  MeshStandardMaterial,
  type Object3D,
  PlaneGeometry,
  SphereGeometry,
} from "three";
import { mergeGeometries } from "three/examples/jsm/utils/BufferGeometryUtils.js";

const CLAY = new Color(0.42, 0.41, 0.4);
const GROUND_M = 40;

export function clay(roughness = 0.85): MeshStandardMaterial {
  return new MeshStandardMaterial({ color: CLAY, roughness });
}

export function figure(): Mesh {
  const part = (shape: BufferGeometry, y: number, x = 0, lean = 0) => shape.rotateZ(lean).translate(x, y, 0);
  return inOnePiece([
    part(new SphereGeometry(0.115, 32, 24), 1.62),
    part(new CylinderGeometry(0.05, 0.06, 0.1, 16), 1.48),
    part(new CapsuleGeometry(0.17, 0.36, 8, 24), 1.14),
    part(new CapsuleGeometry(0.055, 0.52, 6, 16), 1.1, 0.27, 0.13),
    part(new CapsuleGeometry(0.055, 0.52, 6, 16), 1.1, -0.27, -0.13),
    part(new CapsuleGeometry(0.075, 0.68, 6, 16), 0.42, 0.1),
    part(new CapsuleGeometry(0.075, 0.68, 6, 16), 0.42, -0.1),
  ]);
}

export function ground(): Mesh {
  const floor = new Mesh(new PlaneGeometry(GROUND_M, GROUND_M), clay(1));
  floor.rotation.x = -Math.PI / 2;
  floor.receiveShadow = true;
  return floor;
}

/** A line every metre. */
export function grid(colour: Color): GridHelper {
  const lines = new GridHelper(GROUND_M, GROUND_M, colour, colour);
  lines.material.transparent = true;
  lines.material.opacity = 0.5;
  lines.position.y = 0.002;
  return lines;
}

export function props(): Mesh {
  const box = (width: number, height: number, depth: number, x: number, z: number, turn: number) =>
    new BoxGeometry(width, height, depth).rotateY(turn).translate(x, height / 2, z);
  return inOnePiece([
    box(0.9, 0.75, 0.9, 2.2, -1.4, 0.4),
    box(0.5, 1.9, 0.5, -2.6, -2.2, 0.2),
    box(3, 2.6, 0.2, 0.6, -5, 0),
    box(0.6, 0.45, 0.6, -1.7, 1.5, 0.8),
  ]);
}

/** One draw call for all of them: two views are drawn at every frame. */
function inOnePiece(parts: BufferGeometry[]): Mesh {
  const piece = new Mesh(mergeGeometries(parts), clay());
  for (const part of parts) part.dispose();
  piece.castShadow = piece.receiveShadow = true;
  return piece;
}

export function disposeOf(root: Object3D): void {
  root.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    part.geometry.dispose();
    for (const material of [part.material].flat()) material.dispose();
  });
}
