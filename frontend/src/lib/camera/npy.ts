/** NumPy's file of float64 (or float32) poses `[F, 4, 4]`: the form in which a record keeps a path. */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const ALIGNMENT = 64;

export class NotAPoseFile extends Error {}

/** The same bytes as `numpy.save` writes for a C-ordered little-endian array. */
export function writeNpy(c2w: Float64Array): Uint8Array<ArrayBuffer> {
  const shape = `(${c2w.length / 16}, 4, 4)`;
  const dictionary = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`;
  const padding = (ALIGNMENT - ((MAGIC.length + 4 + dictionary.length + 1) % ALIGNMENT)) % ALIGNMENT;
  const header = `${dictionary}${" ".repeat(padding)}\n`;
  const start = MAGIC.length + 4 + header.length;
  const file = new Uint8Array(start + c2w.length * 8);
  file.set([...MAGIC, 1, 0, header.length & 255, header.length >> 8]);
  file.set(new TextEncoder().encode(header), MAGIC.length + 4);
  const view = new DataView(file.buffer, start);
  c2w.forEach((value, i) => view.setFloat64(i * 8, value, true));
  return file;
}

/** Poses row by row. Throws `NotAPoseFile`. */
export function readNpy(bytes: ArrayBuffer): Float64Array {
  const file = new Uint8Array(bytes);
  if (!MAGIC.every((byte, i) => file[i] === byte)) throw new NotAPoseFile("This is no .npy file.");
  const wide = file[6]! > 1;
  const view = new DataView(bytes);
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (wide ? 12 : 10) + length;
  const header = new TextDecoder("latin1").decode(file.subarray(wide ? 12 : 10, start));
  const shape = /'shape':\s*\((\d+),\s*4,\s*4,?\s*\)/.exec(header);
  const descr = /'descr':\s*'([<|=])f([48])'/.exec(header);
  if (!shape || !descr || /'fortran_order':\s*True/.test(header))
    throw new NotAPoseFile("Its array is not [F, 4, 4] of float64.");
  const size = Number(descr[2]);
  const poses = new Float64Array(Number(shape[1]) * 16);
  for (let i = 0; i < poses.length; i += 1)
    poses[i] = size === 8 ? view.getFloat64(start + i * 8, true) : view.getFloat32(start + i * 4, true);
  return poses;
}
