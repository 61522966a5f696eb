import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { encodeSrgb, shade } from "../model/light";

const SIZE = 112;

/** A white diffuse ball in this light, seen from the south; its brightest point is brought to white. */
export function LightBall({ coeffs, kind }: { coeffs: number[][]; kind: string }) {
  const { t } = useTranslation("review");
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context) context.putImageData(ballOf(coeffs, kind), 0, 0);
  }, [coeffs, kind]);
  return (
    <span role="img" aria-label={t("light.ball")} className="size-20 shrink-0">
      <canvas ref={canvas} width={SIZE} height={SIZE} className="size-full rounded-full" />
    </span>
  );
}

function ballOf(coeffs: number[][], kind: string): ImageData {
  const image = new ImageData(SIZE, SIZE);
  const seen: { at: number; color: number[] }[] = [];
  for (let row = 0; row < SIZE; row++)
    for (let column = 0; column < SIZE; column++) {
      const x = (2 * (column + 0.5)) / SIZE - 1;
      const y = 1 - (2 * (row + 0.5)) / SIZE;
      const z = 1 - x * x - y * y;
      if (z > 0)
        seen.push({ at: 4 * (row * SIZE + column), color: shade(coeffs, kind, [x, y, Math.sqrt(z)]) });
    }
  const brightest = seen.reduce((most, { color }) => Math.max(most, ...color), 1e-9);
  for (const { at, color } of seen)
    image.data.set([...color.map((linear) => encodeSrgb(linear / brightest)), 255], at);
  return image;
}
