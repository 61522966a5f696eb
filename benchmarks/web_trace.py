"""What a page's main thread did, from Chromium's own trace (the Trace Event Format of chrome://tracing)."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Event = dict[str, Any]

CATEGORIES = ["devtools.timeline", "toplevel", "disabled-by-default-devtools.timeline"]
FRAME, TASK = "AnimationFrame::Render", "RunTask"
SCRIPT = {
    "FunctionCall", "EvaluateScript", "FireAnimationFrame", "EventDispatch", "TimerFire",
    "BlinkScheduler_PerformMicrotaskCheckpoint",
}  # fmt: skip


@dataclass(frozen=True)
class Cost:
    """In milliseconds of the main thread's processor time, so that other programs do not count.

    Attributes:
        frames: How many frames were begun.
        script_ms_p95: JavaScript between the beginnings of two frames.
        longest_task_ms: Of all tasks, scripts or not.
    """

    frames: int
    script_ms_p95: float
    longest_task_ms: float


def cost(trace: bytes) -> Cost:
    """The cost in the busiest page of a trace."""
    events = _main_thread(json.loads(trace)["traceEvents"])
    begun = [event["ts"] for event in events if event["name"] == FRAME and event["ph"] == "b"]
    scripts = list(_outermost([event for event in events if event["name"] in SCRIPT and event.get("ph") == "X"]))
    spent = np.zeros(len(begun) + 1)
    np.add.at(spent, np.searchsorted(begun, [event["ts"] for event in scripts]), [_ms(event) for event in scripts])
    tasks = [_ms(event) for event in events if event["name"].endswith(TASK) and event.get("ph") == "X"]
    return Cost(len(begun), float(np.percentile(spent, 95)), max(tasks, default=0.0))


def _main_thread(events: Sequence[Event]) -> list[Event]:
    """In the order of time, what happened in the main thread that began most frames."""
    begun: dict[tuple[int, int], int] = {}
    for event in events:
        if event["name"] == FRAME:
            thread = event["pid"], event["tid"]
            begun[thread] = begun.get(thread, 0) + 1
    busiest = max(begun, key=lambda thread: begun[thread])
    return sorted((one for one in events if (one["pid"], one["tid"]) == busiest), key=lambda one: one["ts"])


def _outermost(events: Sequence[Event]) -> Iterator[Event]:
    """Those that are not part of another one."""
    end = 0.0
    for event in events:
        if event["ts"] >= end:
            yield event
            end = event["ts"] + event["dur"]


def _ms(event: Event) -> float:
    return float(event.get("tdur", event["dur"])) / 1e3
