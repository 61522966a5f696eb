/** The record's parts as its published schema has them. */
import type { components } from "@/generated/record";

export type RecordParts = components["schemas"];
export type Camera = RecordParts["Camera"];
export type Intrinsics = RecordParts["Intrinsics"];
export type Lighting = RecordParts["Lighting"];
export type Light = RecordParts["Light"];
export type Timeline = RecordParts["Timeline"];

export type Vector = [number, number, number];

export function framesPerSecond({ fps: [num, den] }: Timeline): number {
  return num / den;
}
