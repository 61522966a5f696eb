/** A film set to look at: ground in metres, a figure 1.75 m tall at the middle, things around it to see depth by. */
import {
  BoxGeometry,
  CapsuleGeometry,
  Color,
  CylinderGeometry,
  GridHelper,
  Group,
  Mesh,
  MeshStandardMaterial,
  PlaneGeometry,
  SphereGeometry,
} from "three";

const CLAY = new Color(0.42, 0.41, 0.4);
const GROUND_M = 40;

export function clay(roughness = 0.85): MeshStandardMaterial {
  return new MeshStandardMaterial({ color: CLAY, roughness });
}

export function figure(): Group {
  const body = new Group();
  const add = (shape: Mesh["geometry"], y: number, x = 0, lean = 0) => {
    const part = new Mesh(shape, clay());
    part.position.set(x, y, 0);
    part.rotation.z = lean;
    body.add(part);
  };
  add(new SphereGeometry(0.115, 32, 24), 1.62);
  add(new CylinderGeometry(0.05, 0.06, 0.1, 16), 1.48);
  add(new CapsuleGeometry(0.17, 0.36, 8, 24), 1.14);
  add(new CapsuleGeometry(0.055, 0.52, 6, 16), 1.1, 0.27, 0.13);
  add(new CapsuleGeometry(0.055, 0.52, 6, 16), 1.1, -0.27, -0.13);
  add(new CapsuleGeometry(0.075, 0.68, 6, 16), 0.42, 0.1);
  add(new CapsuleGeometry(0.075, 0.68, 6, 16), 0.42, -0.1);
  return shadowed(body);
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

export function props(): Group {
  const things = new Group();
  const place = (width: number, height: number, depth: number, x: number, z: number, turn: number) => {
    const box = new Mesh(new BoxGeometry(width, height, depth), clay());
    box.position.set(x, height / 2, z);
    box.rotation.y = turn;
    things.add(box);
  };
  place(0.9, 0.75, 0.9, 2.2, -1.4, 0.4);
  place(0.5, 1.9, 0.5, -2.6, -2.2, 0.2);
  place(3, 2.6, 0.2, 0.6, -5, 0);
  place(0.6, 0.45, 0.6, -1.7, 1.5, 0.8);
  return shadowed(things);
}

function shadowed(group: Group): Group {
  group.traverse((part) => {
    part.castShadow = true;
    part.receiveShadow = true;
  });
  return group;
}

export function disposeOf(root: Group): void {
  root.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    part.geometry.dispose();
    for (const material of [part.material].flat()) material.dispose();
  });
}
