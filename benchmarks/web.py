"""The built web app in Chromium, on a platform of its own that people have lived on (`make setup` builds the app)."""

import gzip
import json
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, Response, sync_playwright
from rich.console import Console
from rich.table import Table

from benchmarks import web_trace
from benchmarks.installation import load
from tests.browser import chromium, lived_in, pages, platform, session

LOADS, SLOWER, JUDGED = 5, 4, 5
POSES, KEYS, FPS = 500, 10_000, 24
PLAYED_MS = 4_000
BOARD, REVIEW, DESK = "/campaigns", "/review", "/review/desk"
LARGEST_PAINT = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
# From the key that casts the vote until another review's desk is drawn.
NEXT_ITEM = """() => new Promise((done) => {
  const desk = () => document.querySelector("main section[tabindex='-1']");
  const before = desk(), pressed = performance.now();
  dispatchEvent(new KeyboardEvent("keydown", { code: "Enter", ctrlKey: true, bubbles: true }));
  const look = () => desk() && desk() !== before
    ? requestAnimationFrame(() => done(performance.now() - pressed))
    : requestAnimationFrame(look);
  look();
})"""


@dataclass
class Bench:
    """A browser, a platform, and the sessions of its people."""

    browser: Browser
    life: lived_in.Life

    @contextmanager
    def page(self, name: str) -> Iterator[Page]:
        """A page of that person's in a browser that knows nothing yet but their session."""
        origin = self.life.platform.address
        context = self.browser.new_context(viewport={"width": 1440, "height": 900}, base_url=origin)
        page = context.new_page()
        session.sign_in(page, origin, self.life.platform.person(name, lived_in.PEOPLE[name]), platform.PASSWORD)
        page.goto("about:blank")
        yield page
        context.close()

    def initial_js_kb(self, name: str, address: str) -> float:
        """Gzipped scripts, in units of 10^3 bytes, that were loaded until the page shows its data."""
        scripts: list[Response] = []
        with self.page(name) as page:
            page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
            page.on("response", lambda one: scripts.append(one) if one.request.resource_type == "script" else None)
            page.goto(address)
            pages.settle(page)
            return sum(len(gzip.compress(one.body())) for one in scripts) / 1e3

    def largest_paint_ms(self, name: str, address: str) -> float:
        """Until the largest thing is painted, on a processor that is made slower; median of some loads."""
        taken = []
        for _ in range(LOADS):
            with self.page(name) as page:
                devtools = page.context.new_cdp_session(page)
                devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
                devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                page.goto(address)
                pages.settle(page)
                taken.append(float(page.evaluate(LARGEST_PAINT)))
        return statistics.median(taken)

    def next_review_ms(self) -> list[float]:
        """From casting a vote to seeing the next item, once for each."""
        with self.page("remy") as page:
            page.goto(DESK)
            taken = []
            for _ in range(JUDGED):
                pages.settle(page)
                page.keyboard.press("a")
                page.get_by_role("radio", name="Approve", checked=True).wait_for()
                taken.append(float(page.evaluate(NEXT_ITEM)))
            return taken

    def camera(self) -> web_trace.Cost:
        """What playing and turning a path of many poses costs the page's main thread."""
        with self.page("clara") as page:
            self._open_camera(page, POSES)
            page.get_by_role("slider").first.wait_for()
            page.wait_for_timeout(1_000)
            self.browser.start_tracing(page=page, categories=web_trace.CATEGORIES)
            page.get_by_role("button", name="Play", exact=True).click()
            _turn(page)
            page.wait_for_timeout(PLAYED_MS)
            return web_trace.cost(self.browser.stop_tracing())

    def rows_of_long_list(self) -> int:
        """How many rows of a table of many key frames are in the page."""
        with self.page("clara") as page:
            self._open_camera(page, KEYS)
            table = page.get_by_role("table", name="Key frames")
            table.get_by_role("row").nth(2).wait_for()
            assert table.get_attribute("aria-rowcount") == str(KEYS + 1)
            return table.get_by_role("row").count()

    def _open_camera(self, page: Page, keys: int) -> None:
        """The studio's camera step, with a path of so many key frames as if it had been drawn in this browser."""
        clara = self.life.client("clara")
        file = self.life.folder / f"path-{keys}.npy"
        np.save(file, np.tile(np.eye(4), (keys, 1, 1)))
        asset = clara.upload(file)["id"]
        camera = {
            "convention": "opencv_c2w",
            "source": "authored",
            "poses": {"asset": asset, "count": keys, "format": "npy"},
        }
        timeline = {"duration_s": keys / FPS, "fps": [FPS, 1], "num_frames": keys}
        record = {
            "schema_version": "scene-sample/1.0",
            "timeline": timeline,
            "camera": camera,
            "scene": {"language": "en"},
        }
        draft = clara.transport.post("submissions", {"campaign": self.life.campaign, "record": record})["id"]
        kept = json.dumps(f"openslate.camera-keys.{asset}"), json.dumps(json.dumps(_document(keys)))
        page.add_init_script(f"if (location.protocol !== 'about:') localStorage.setItem({kept[0]}, {kept[1]})")
        page.goto(f"/contribute/{draft}?step=camera")
        pages.settle(page)


def _document(count: int) -> dict[str, object]:
    """Key frames on a rising spiral, one for each frame."""
    turns = np.linspace(0, 4 * np.pi, count)
    aim = {"kind": "look_at", "target": [0, 1.2, 0], "rollDeg": 0}
    keys = [
        {"id": 0, "timeS": frame / FPS, "position": [5 * np.sin(turn), 1 + turn / 6, 5 * np.cos(turn)], "aim": aim,
         "fx": 35 / 36, "easing": "linear"}
        for frame, turn in enumerate(turns)
    ]  # fmt: skip
    return {"keys": keys, "course": "smooth", "sensorMm": 36, "depthM": None}


def _turn(page: Page) -> None:
    """Drag the outside view around once."""
    box = page.locator("[data-view=outside]").bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 200, middle[1] - 60, steps=60)
    page.mouse.up()


@contextmanager
def bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory() as folder, platform.running(Path(folder) / "var") as started:
        life = lived_in.Life(started, Path(folder))
        for _ in range(JUDGED + 1):
            life.contribute()
        with sync_playwright() as playwright:
            browser = chromium.launch(playwright)
            yield Bench(browser, life)
            browser.close()


def main() -> None:
    """Sizes, paints, the review desk, the camera editor and a long list."""
    with bench() as one:
        next_ms = one.next_review_ms()
        cost = one.camera()
        figures = {
            "initial_js_kb_board": round(one.initial_js_kb("clara", BOARD), 1),
            "initial_js_kb_review": round(one.initial_js_kb("remy", REVIEW), 1),
            "desk_js_kb_with_3d": round(one.initial_js_kb("remy", DESK), 1),
            "lcp_ms": round(max(one.largest_paint_ms("clara", BOARD), one.largest_paint_ms("remy", DESK))),
            "next_review_ms": round(max(next_ms)),
            "camera_frame_script_ms_p95": round(cost.script_ms_p95, 2),
            "camera_longest_task_ms": round(cost.longest_task_ms, 1),
            "virtual_list_rows": one.rows_of_long_list(),
        }
    table = Table("what", "figure", title=f"web app ({load()}), {cost.frames} frames of the camera editor")
    for name, value in figures.items():
        table.add_row(name, str(value))
    Console(stderr=True).print(table)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
