/** The design's colours for three.js, which cannot read oklch itself. */
import { Color, SRGBColorSpace } from "three";

const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

export function token(name: string): Color {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  if (!pixel) return new Color(0x808080);
  pixel.fillStyle = value || "#808080";
  pixel.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pixel.getImageData(0, 0, 1, 1).data;
  return new Color().setRGB(red / 255, green / 255, blue / 255, SRGBColorSpace);
}
