import { expect, test, vi } from "vitest";

import { Player } from "./player";

function attached(): { player: Player; media: HTMLAudioElement } {
  const media = document.createElement("audio");
  vi.spyOn(media, "play").mockResolvedValue();
  vi.spyOn(media, "pause").mockReturnValue();
  const player = new Player(24, 240);
  player.attach(media);
  return { player, media };
}

test("seeking aims at the middle of the frame", () => {
  const { player, media } = attached();
  player.seek(10);
  expect(media.currentTime).toBeCloseTo(10.5 / 24);
  expect(player.state.frame).toBe(10);
});

test("steps stay within the clip", () => {
  const { player } = attached();
  player.step(-1);
  expect(player.state.frame).toBe(0);
  player.seek(239);
  player.step(1);
  expect(player.state.frame).toBe(239);
});

test("L plays faster at each press, and J turns round at normal speed", () => {
  const { player } = attached();
  player.shuttle(1);
  player.shuttle(1);
  expect(player.state.rate).toBe(2);
  player.shuttle(-1);
  expect(player.state.rate).toBe(-1);
  player.pause();
  expect(player.state.playing).toBe(false);
});

test("an end of the loop set twice at one frame is taken away", () => {
  const { player } = attached();
  player.seek(5);
  player.mark("in");
  expect(player.state.loop.in).toBe(5);
  player.mark("in");
  expect(player.state.loop.in).toBeNull();
});

test("an in point past the out point drops the out point", () => {
  const { player } = attached();
  player.seek(5);
  player.mark("out");
  player.seek(9);
  player.mark("in");
  expect(player.state.loop).toEqual({ in: 9, out: null });
});
