"""A calibration as a picture: foretold against right on held-out pairs, the curve, and where the gates cut it."""

import io
from typing import Any

import numpy as np

from curation.scoring.calibration import Calibration
from curation.scoring.pairs import ScoredPairs

WIDTH_IN, HEIGHT_IN, DPI = 11.0, 5.0, 110
COLOURS = {"review": "tab:orange", "reject": "tab:red", "good": "tab:green"}


def draw(found: Calibration, pairs: ScoredPairs, *, title: str) -> bytes:
    """A PNG: left the reliability of held-out pairs, right the curve with its band over both kinds' scores."""
    # Drawn without pyplot, which keeps state of its own and picks a window system.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_IN, HEIGHT_IN), dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(title)
    reliability, curve = figure.subplots(1, 2)
    _reliability(reliability, found)
    _curve(curve, found, pairs)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    return stream.getvalue()


def _reliability(axes: Any, found: Calibration) -> None:
    foretold, right = (np.array([getattr(one, name) for one in found.bins]) for name in ("foretold", "right"))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    axes.plot(foretold, right, marker="o")
    axes.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xlabel="probability foretold",
        ylabel="share that was right",
        title=f"held-out pairs: calibration error {found.ece.value:.3f}, AUC {found.auc.value:.3f}",
    )


def _curve(axes: Any, found: Calibration, pairs: ScoredPairs) -> None:
    scores, right = np.array(pairs.scores), np.array(pairs.right)
    at, chances = np.array(found.points).T
    low, high = np.array(found.band).T
    bins = np.linspace(scores.min(), scores.max(), 40)
    for chosen, name, colour in ((right, "right pairs", "tab:green"), (~right, "wrong pairs", "tab:red")):
        counts, edges = np.histogram(scores[chosen], bins)
        axes.stairs(counts / counts.max(), edges, fill=True, alpha=0.25, color=colour, label=name)
    axes.fill_between(at, low, high, alpha=0.3)
    axes.plot(at, chances, label=found.method)
    for gate in found.gates:
        if gate.score.value is not None:
            axes.axvline(gate.score.value, color=COLOURS[gate.name], linestyle="--", label=gate.name)
    axes.set(xlabel="score", ylabel="probability", ylim=(0, 1.02))
    axes.legend(loc="center left", fontsize="small")
