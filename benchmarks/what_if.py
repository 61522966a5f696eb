"""What another policy would change in 20,000 verdicts, each with a score for every rule of the default policy."""

import json
import time
from typing import Annotated

import typer
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from accounts.roles import Role
from benchmarks import rows
from benchmarks.installation import forget_peak, installation, load, peak_mb
from curation.gating import default_policy
from curation.lifecycle import SubmissionStatus
from curation.models import Score
from curation.services import rejudging, what_ifs
from tests.factories import curation as make

# Candidates: nothing touched, one rule, one rule with a declaration to look up in the record, and every rule.
ASKED = {
    "no rule": {},
    "one rule": {"audio_silent": {"reject": 0.5}},
    "one rule with a declaration": {"clip_dark_or_bright": {"review": [0.2, 0.8], "good": None}},
    "every rule": {
        rule.id: {"good": None} for rule in default_policy().rules if rule.good is not None and not rule.calibrated
    }
    | {rule.id: {"enabled": False} for rule in default_policy().rules if rule.good is None},
}


def main(verdicts: Annotated[int, typer.Option(min=1)] = 20_000) -> None:
    """What-if over stored scores, and judging them all again."""
    console = Console(stderr=True)
    with installation():
        campaign, operator = make.campaign(), make.person(Role.OPERATOR)
        row = rows.template(campaign, make.person(), SubmissionStatus.IN_REVIEW)
        metrics = {rule.metric for rule in default_policy().rules} - {"clip.text_alignment"}
        Score.objects.filter(revision=row.current).exclude(metric="clip.text_alignment").delete()
        Score.objects.bulk_create(
            Score(revision=row.current, metric=metric, part="", value=0.5, model_id="m", preprocessing_id="none",
                  measured_at=make.NOW)
            for metric in metrics
        )  # fmt: skip
        with console.status(f"{verdicts} submissions"):
            rows.multiply(row, first=1, last=verdicts - 1)
        forget_peak()
        seconds: dict[str, float] = {}
        for name, overrides in ASKED.items():
            start = time.perf_counter()
            asked = what_ifs.ask(overrides=overrides, actor=operator, now=timezone.now(), at_once_s=600.0)
            seconds[name] = time.perf_counter() - start
            assert asked.result["judged"] == verdicts, "every verdict is looked at"
        peak = peak_mb()
        rejudging.start(
            campaign_id=None, reject_in_review=False, reopen_rejected=False, actor=operator, now=timezone.now()
        )
        start = time.perf_counter()
        rejudging.work_next(clock=timezone.now)
        seconds["judging again"] = time.perf_counter() - start
    table = Table("asked about", "seconds", title=f"{verdicts} verdicts, {len(metrics) + 1} scores each ({load()})")
    for name, spent in seconds.items():
        table.add_row(name, f"{spent:.2f}")
    console.print(table)
    figures = {
        "what_if_s": seconds["one rule"],
        "what_if_every_rule_s": seconds["every rule"],
        "rejudge_per_s": verdicts / seconds["judging again"],
        "peak_mb": peak,
    }
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


if __name__ == "__main__":
    typer.run(main)
