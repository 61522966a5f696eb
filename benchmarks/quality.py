"""How well the record is judged, on held-out scenes of the film set: one figure for each thing that is asked.

clip_auc                nano CLIP, the right text against another scene's
clip_hard_negative_auc  the same against texts that differ in one attribute, mean over the attributes
spearman_min            the worst rank correlation of a technical measure with the damage it is to show
duplicate_recall        share of changed copies that are found
duplicate_fpr           share of pairs of look-alikes that are taken for copies
primitive_f1_min        the worst F1 of a camera movement
"""

import json
from collections.abc import Mapping

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import quality_duplicates, quality_geometry, quality_pictures, quality_primitives, quality_sounds


def main(scenes: int = 300, families: int = len(quality_duplicates.FAMILIES), seeds: int = 3) -> None:
    """Everything above, with the tables behind it."""
    console = Console(stderr=True)
    clip = quality_pictures.clip_figures(scenes)
    console.print(_table("nano CLIP, area under the curve", clip))
    correlations = {
        **quality_pictures.technical_spearman(),
        **quality_sounds.sound_monotonicity(),
        **quality_geometry.measure(),
    }
    console.print(_table("rank correlation with the damage", correlations))
    copies = quality_duplicates.measure(families=families, seeds=seeds)
    console.print(quality_duplicates.drawn(copies))
    primitives = quality_primitives.measure()
    console.print(quality_primitives.table(primitives))
    figures = {
        "clip_auc": clip["clip_auc"],
        "clip_hard_negative_auc": clip["clip_hard_negative_auc"],
        "spearman_min": min(correlations.values()),
        "duplicate_recall": copies["recall"],
        "duplicate_fpr": copies["fpr"],
        "primitive_f1_min": min(primitives.values()),
    }
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


def _table(title: str, figures: Mapping[str, float]) -> Table:
    table = Table(title=title)
    table.add_column("of")
    table.add_column("figure", justify="right")
    for name, value in sorted(figures.items(), key=lambda item: item[1]):
        table.add_row(name, f"{value:.3f}")
    return table


if __name__ == "__main__":
    typer.run(main)
