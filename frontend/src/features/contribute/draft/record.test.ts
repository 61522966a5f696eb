import { describe, expect, it } from "vitest";

import { frameCount, prunedDraft, same } from "./record";
import { stateOf, stepOf } from "./steps";

describe("prunedDraft", () => {
  it("leaves out what says nothing", () => {
    const draft = prunedDraft({
      scene: { caption_short: "A bell", caption_long: "", subjects: [], setting: { place: "" } },
      audio: { in_video: false, style_caption: "" },
      video: { synthetic: false },
      lighting: null,
    });
    expect(draft).toEqual({ scene: { caption_short: "A bell" } });
  });

  it("keeps rows that are begun, so that they do not vanish from under the cursor", () => {
    expect(prunedDraft({ scene: { subjects: [{ name: "" }, { id: "a" }] } })).toEqual({
      scene: { subjects: [{}, { id: "a" }] },
    });
  });

  it("keeps zero and false", () => {
    const draft = { scene: { setting: { interior: false }, actions: [{ start_s: 0 }] } };
    expect(prunedDraft(draft)).toEqual(draft);
  });
});

describe("same", () => {
  it("does not mind the order of keys", () => {
    expect(same({ video: { asset: "a", synthetic: true } }, { video: { synthetic: true, asset: "a" } })).toBe(
      true,
    );
    expect(same({ video: { asset: "a" } }, { video: { asset: "b" } })).toBe(false);
  });
});

describe("steps", () => {
  it("finds the step of a place in the record", () => {
    expect(
      ["reference_images[3].asset", "timeline.fps", "provenance.generator", "audio", ""].map(stepOf),
    ).toEqual(["images", "scene", "rights", "sound", null]);
  });

  it("says how far a step is", () => {
    const problem = [{ path: "rights.basis" }];
    expect(stateOf({}, "rights", problem, [])).toBe("missing");
    expect(stateOf({}, "sound", [], [])).toBe("empty");
    const audio = { asset: "a" };
    expect(stateOf({ audio }, "sound", [], [])).toBe("done");
    expect(stateOf({ audio }, "sound", [], [{ path: "audio", outcome: "review" }])).toBe("advised");
  });
});

it("counts the frames of broadcast rates", () => {
  expect(frameCount(5, [24, 1])).toBe(120);
  expect(frameCount(10, [30_000, 1001])).toBe(300);
});
