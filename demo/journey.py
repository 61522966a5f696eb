"""The loop, step by step: contribute, score, review, credit, freeze, export, fine-tune, generate, judge."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import webdataset

from demo import contributions
from demo.screen import Screen, Step
from openslate import ApiError, Client
from openslate.contributions import FileRefused
from openslate.transport import wait_until

TAKES = 24
UPLOADS_AT_ONCE = 2
ETHER = 10**18
TRAINING = {"steps": 100_000, "batch": 4, "rank": 8, "lr": 1e-3, "save_every": 100_000, "max_seconds": 50}
CLIP = {
    "size": {"width": 384, "height": 384, "duration_s": 2.125},
    "camera": {"move": "dolly_in"},
    "lighting": {"sun": {"azimuth_deg": 220, "elevation_deg": 35, "cct_k": 5600}},
    "steps": 16,
    "seed": 3,
}
# The studio films small here so that the demonstration takes minutes; a campaign may ask for less than the house does.
SMALL_CLIPS = {"clip_too_small": {"reject": 64, "review": 96}}
ENDED = {"finished", "failed", "cancelled"}


class StepFailed(Exception):
    """The platform answered, but the work failed there."""


@dataclass
class People:
    """A client for each person of the story."""

    operator: Client
    contributor: Client
    latecomer: Client
    reviewers: tuple[Client, Client]
    engineer: Client


@dataclass
class Story:
    """What has come of the loop so far."""

    people: People
    screen: Screen
    folder: Path
    campaigns: dict[str, str] = field(default_factory=dict)
    submitted: dict[str, str] = field(default_factory=dict)  # folder name -> submission id
    refused_on_arrival: Counter[str] = field(default_factory=Counter)
    refused_by_gates: Counter[str] = field(default_factory=Counter)
    ended: dict[str, dict[str, Any]] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)  # names of the user's folders: what becomes of them is said aloud
    wallets: dict[str, Any] = field(default_factory=dict)  # person -> `payouts.Wallet`
    facts: dict[str, Any] = field(default_factory=dict)


def open_campaigns(story: Story, own: Iterable[Path]) -> None:
    """A campaign for each licence that the material comes under. Raises `NotAContribution`."""
    given = {license_id for license_id, *_ in contributions.PHOTOGRAPHS.values()}
    licenses = sorted({"CC-BY-4.0"} | given | {contributions.license_of(folder) for folder in own})
    operator = story.people.operator
    with story.screen.step("Open campaigns", len(licenses)) as step:
        for license_id in licenses:
            campaign = operator.create_campaign(
                title=f"Things that move ({license_id})",
                brief="A subject, an action, a camera that knows where it is, light that can be rebuilt, true sound.",
                required_modalities=["scene"],
                license=license_id,
                base_reward_wei=str(ETHER),
                review_fee_wei=str(ETHER // 20),
                reviews_needed=2,
                policy_overrides=SMALL_CLIPS,
            )
            operator.fund_campaign(campaign["id"], 100 * ETHER)
            operator.open_campaign(campaign["id"])
            story.campaigns[license_id] = campaign["id"]
            step.advance()
        step.note = f"{len(licenses)} open, 100 tokens each"


def contribute(story: Story, run: int, own: Sequence[Path]) -> None:
    """Everything that is sent: takes as they are filmed, then what rests on them.

    Args:
        run: A number that no earlier demonstration on this platform had.
    """
    material, seeds = story.folder / f"material-{run:05d}", range(run, run + TAKES)
    with story.screen.step("Film and contribute", TAKES) as step:
        takes = list(_each(story, contributions.film_takes(material, seeds), story.people.contributor, step))
        step.note = f"{len(takes)} studio takes with all five modalities"
    photographs = contributions.photographs(material, run)
    line, story.facts["line"] = contributions.spoken_line(material, run)
    with story.screen.step("Photographs, speech, own media", len(photographs) + 1 + len(own)) as step:
        list(_each(story, [*photographs, line, *own], story.people.contributor, step))
        step.note = f"{len(photographs)} photographs, one spoken line, {len(own)} of your own"
    with story.screen.step("Six that must be refused", 6) as step:
        list(_each(story, contributions.bad_takes(material, takes[0]).values(), story.people.latecomer, step))
        step.note = f"{sum(story.refused_on_arrival.values())} refused on arrival"


def _each(story: Story, folders: Iterable[Path], client: Client, step: Step) -> Iterator[Path]:
    """Submit folders side by side, a few at a time, as they come."""
    with ThreadPoolExecutor(UPLOADS_AT_ONCE) as pool:
        sent = [(folder, pool.submit(_submit, story, client, folder)) for folder in folders]
        for folder, submission in sent:
            submission.result()
            step.advance(note=folder.name)
            yield folder


def _submit(story: Story, client: Client, folder: Path) -> None:
    try:
        submission = client.submit(folder, campaign=story.campaigns[contributions.license_of(folder)])
        story.submitted[folder.name] = submission["id"]
    except (ApiError, FileRefused) as refusal:
        story.refused_on_arrival[refusal.code] += 1
        if folder.name in story.own:
            story.screen.console.print(f"[yellow]{folder.name}[/]: {refusal}", highlight=False)


def wait_for_scores(story: Story) -> None:
    """Until every submission is scored; the gates' own refusals are counted by their reason."""
    with story.screen.step("Score", len(story.submitted)) as step:
        for name, submission_id in story.submitted.items():
            client = story.people.latecomer if name.startswith("bad-") else story.people.contributor
            submission = client.wait_for_submission(submission_id)
            status = submission["submission"]["status"]
            if status == "rejected":
                story.refused_by_gates.update(rejecting_codes(submission)[:1])
            story.ended[name] = submission
            step.advance(note=f"{name}: {status}")
        in_review = sum(one["submission"]["status"] == "in_review" for one in story.ended.values())
        step.note = f"{in_review} to review, {len(story.ended) - in_review} refused by gates"
    story.facts["transcript"], story.facts["transcript_wer"] = _transcript(story)


def rejecting_codes(submission: dict[str, Any]) -> list[str]:
    """Codes of the findings that refuse this submission."""
    findings = (submission.get("gates") or {}).get("findings", [])
    return [finding["code"] for finding in findings if finding["outcome"] == "reject"]


def _transcript(story: Story) -> tuple[str, float]:
    scores = story.people.contributor.scores(story.submitted["spoken-line"])
    rate = next(score for score in scores if score["metric"] == "audio.word_error_rate")
    return rate["detail"]["heard"], rate["value"]


def review(story: Story) -> None:
    """Two people judge everything that the gates let through, each without seeing the other."""
    waiting = sum(one["submission"]["status"] == "in_review" for one in story.ended.values())
    with story.screen.step("Review", 2 * waiting) as step:
        cast = 0
        for reviewer in story.people.reviewers:
            for campaign in story.campaigns.values():
                cast += _review_all(reviewer, campaign, step)
        step.note = f"{cast} independent judgements on {waiting} submissions"
    accepted = {name for name in story.ended if _status(story, name) == "accepted"}
    story.facts["accepted"] = len(accepted)
    _show_examples(story, accepted)


def _show_examples(story: Story, accepted: Iterable[str]) -> None:
    """Each campaign shows whoever comes next one of its accepted takes."""
    chosen: dict[str, str] = {}
    for name in sorted(accepted, reverse=True):  # takes before what has no picture
        submission = story.ended[name]["submission"]
        chosen.setdefault(submission["campaign"], submission["id"])
    for campaign, submission_id in chosen.items():
        example = {"good": True, "text": "Everything in it belongs together.", "submission": submission_id}
        story.people.operator.edit_campaign(campaign, examples=[example])


def _review_all(reviewer: Client, campaign: str, step: Step) -> int:
    for cast in range(10_000):
        try:
            to_judge = reviewer.next_review(campaign)
        except ApiError as error:
            if error.code == "nothing_to_review":
                return cast
            raise
        reviewer.cast_review(to_judge["id"], "approve")
        step.advance(note=to_judge["caption"][:60])
    raise AssertionError("the queue of a demonstration is never this long")


def _status(story: Story, name: str) -> str:
    client = story.people.latecomer if name.startswith("bad-") else story.people.contributor
    return str(client.submission(story.submitted[name])["submission"]["status"])


def credit(story: Story) -> None:
    """Until every acceptance of this demonstration is in the ledger."""
    mine = set(story.submitted.values())
    wanted = story.facts["accepted"]
    with story.screen.step("Credit", wanted) as step:

        def credited() -> dict[str, Any]:
            rows = [row for row in story.people.contributor.credits() if row["submission"] in mine]
            step.reach(len(rows))
            return {"status": f"{len(rows)} credited", "rows": rows}

        rows = wait_until(credited, lambda now: len(now["rows"]) >= wanted, timeout_s=120)["rows"]
        total = sum(int(row["amount_wei"]) for row in rows)
        step.note = f"{total / ETHER:.4f} tokens; such as {rows[0]['formula']}"
    story.facts["credited_wei"] = str(total)
    summary = story.people.operator.transport.get("ledger/summary")
    sums = summary if isinstance(summary, list) else summary["assets"]
    story.facts["ledger_sum_wei"] = str(sum(int(one["sum_wei"]) for one in sums))


def freeze_and_export(story: Story, dataset: str) -> None:
    """A version, its WebDataset export, downloaded and read back with the library that trainers use."""
    engineer = story.people.engineer
    with story.screen.step("Freeze a version") as step:
        known = {one["name"]: one for one in engineer.datasets()}
        chosen = known.get(dataset) or engineer.create_dataset(dataset, "What the demonstration accepted.")
        version = _succeeded(engineer.freeze(chosen["id"], selection={"campaigns": list(story.campaigns.values())}))
        step.note = f"version {version['number']}, {version['item_count']} samples, {version['split_counts']}"
    with story.screen.step("Export and read back") as step:
        export = _succeeded(engineer.export(version["id"]))
        paths = engineer.download_export(export["id"], story.folder / "export" / version["merkle_root"][:12])
        shards = sorted(path for path in paths if path.suffix == ".tar")
        samples = sum(1 for _ in webdataset.WebDataset([str(path) for path in shards], shardshuffle=False))
        step.note = f"{len(shards)} shards, {samples} samples read with webdataset"
    story.facts |= {
        "version_id": version["id"],
        "export_id": export["id"],
        "shards": len(shards),
        "samples_read_back": samples,
    }


def fine_tune(story: Story) -> None:
    """About a minute of LoRA training on the export, followed live."""
    engineer = story.people.engineer
    with story.screen.step("Fine-tune") as step:
        run = engineer.train(story.facts["export_id"], config=TRAINING)

        def look() -> dict[str, Any]:
            state = engineer.run(run["id"])
            newest = engineer.metrics(run["id"], after=max(state["step"] - 1, 0))
            loss = newest[-1]["values"]["loss"] if newest else float("nan")
            step.bars.update(step.bar, note=f"step {state['step']}, loss {loss:.3f}")
            return state

        run = _succeeded(wait_until(look, lambda now: now["status"] in ENDED, timeout_s=900, every_s=1))
        losses = [row["values"]["loss"] for row in _all_metrics(engineer, run["id"])]
        window = max(1, len(losses) // 10)
        first, last = sum(losses[:window]) / window, sum(losses[-window:]) / window
        step.note = f"{run['step']} steps, loss {first:.3f} -> {last:.3f} (means of the first and last tenth)"
    newest = next(engineer.checkpoints(run["id"]))
    story.facts |= {"train_loss_first": first, "train_loss_last": last, "adapter": newest["id"]}


def _all_metrics(client: Client, run_id: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    while page := client.metrics(run_id, after=rows[-1]["step"] if rows else -1):
        rows += page
    return rows


def generate_and_judge(story: Story, run: int) -> None:
    """The same clip before and after the fine-tuning, and a blind vote between the two."""
    engineer = story.people.engineer
    clips = {}
    picture, prompt = contributions.still_to_animate(story.folder, run)
    with story.screen.step("Generate before and after", 2) as step:
        reference = engineer.upload(picture)["id"]
        for name, adapter in (("before", None), ("after", story.facts["adapter"])):
            asked = engineer.generate(prompt, adapter=adapter, reference_image=reference, **CLIP)
            clips[name] = _succeeded(engineer.wait_for_generation(asked["id"]))
            path = story.folder / f"{name}.mp4"
            path.unlink(missing_ok=True)
            engineer.download_clip(clips[name], path)
            step.advance(note=f"{name}: {clips[name]['device_seconds']:.1f} device seconds")
        price = sum(int(clip["price_wei"]) for clip in clips.values())
        step.note = f"two clips for {price / ETHER:.6f} tokens"
    story.facts["clip"] = describe_clip(story.folder / "after.mp4")
    with story.screen.step("Judge blind") as step:
        comparison = engineer.compare(clips["before"]["id"], clips["after"]["id"])
        story.facts["comparison_id"] = comparison["id"]
        pair = engineer.next_pair()
        engineer.vote(pair["comparison"], _toss_a_coin(pair))
        result = engineer.result(comparison["id"])
        step.note = f"one vote cast (n = {result['n']}: far too few to conclude anything)"


def _toss_a_coin(pair: dict[str, Any]) -> str:
    """A stand-in for a person's eye in an unattended demonstration: a coin, tossed from the pair itself."""
    return "left" if hashlib.sha256(pair["comparison"].encode()).digest()[0] % 2 else "right"


def describe_clip(path: Path) -> dict[str, Any]:
    """What the file really holds, by decoding it."""
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        frames = sum(1 for _ in container.decode(video))
        return {
            "path": str(path),
            "width": video.width,
            "height": video.height,
            "frames": frames,
            "fps": float(video.average_rate or 0),
            "audio_rate": audio.rate,
            "seconds": round(float(container.duration or 0) / 1e6, 3),
        }


def _succeeded(item: dict[str, Any]) -> dict[str, Any]:
    if item["status"] not in {"ready", "finished", "delivered"}:
        raise StepFailed(f"{item['status']}: {item.get('failure')}")
    return item
