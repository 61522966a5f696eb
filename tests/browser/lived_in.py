"""A platform on which everything has happened once: contributed, judged, paid, frozen, trained, generated, compared.

Made through the public client, in the names of people whom the browser tests and `python -m docs.screens` sign in as.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import studio
from demo import contributions, files, journey
from openslate import Client
from tests.browser.platform import Platform

PEOPLE = {"clara": "contributor", "remy": "reviewer", "rosa": "reviewer", "elias": "engineer", "olga": "operator"}
NAMES = {"contributor": "clara", "reviewer": "remy", "engineer": "elias", "operator": "olga"}
TITLE = "Things that move"
ASKING = {
    "title": "Two people, one room",
    "brief": "Gestures and small talk indoors, in the light of one window. Show us where your camera is.",
    "required_modalities": ["scene", "camera"],
    "license": "CC-BY-4.0",
    "coverage_targets": {"movement=dolly_in": 40, "movement=arc_ccw": 25, "movement=static": 10},
}
QUESTIONS = [
    {
        "question": "Somebody in your picture never agreed to be filmed. What now?",
        "choices": ["I blur the face.", "I ask for a release, or leave the picture out.", "Nothing, it is art."],
        "right": 1,
        "explanation": "Whoever can be recognised has to agree, in writing, and can take it back.",
    },
    {
        "question": "Which path of the camera do we want?",
        "choices": ["The one that was measured or rendered.", "A guess that looks right."],
        "right": 0,
        "explanation": "A wrong path teaches the model a wrong world. No path is better than a guess.",
    },
]
SECONDS = {"max_seconds": 4, "steps": 40, "save_every": 20, "batch": 2}
SMALL = {**journey.CLIP, "steps": 2, "size": {"width": 192, "height": 128, "duration_s": 1.125}}

Verdict = tuple[str, Sequence[str], str]  # with its reasons and a note
FIRST_SEED = 11
APPROVED: Verdict = ("approve", (), "")


@dataclass
class Life:
    """What people do on one platform, in the order of a campaign's life."""

    platform: Platform
    folder: Path

    def client(self, name: str) -> Client:
        return self.clients[name]

    @cached_property
    def clients(self) -> dict[str, Client]:
        return {name: self.platform.client(name, role) for name, role in PEOPLE.items()}

    @cached_property
    def campaign(self) -> str:
        """An open campaign, funded, that asks for one judgement; made at the first call."""
        operator = self.client("olga")
        for known in operator.campaigns(status="open"):
            if known["title"] == TITLE:
                return str(known["id"])
        written = operator.create_campaign(
            title=TITLE, brief="A subject, an action, a camera that knows where it is, true sound.",
            required_modalities=["scene"], license="CC-BY-4.0", reviews_needed=1,
            base_reward_wei=str(journey.ETHER), review_fee_wei=str(journey.ETHER // 20),
            policy_overrides=journey.SMALL_CLIPS,
        )  # fmt: skip
        operator.fund_campaign(written["id"], 100 * journey.ETHER)
        return str(operator.open_campaign(written["id"])["id"])

    def call_with_questions(self) -> str:
        """Another open campaign, with targets, a quiz before the first contribution, and a picture of its own."""
        operator = self.client("olga")
        picture = self.folder / "window.jpg"
        scene = studio.compose(122, place="kitchen", time_of_day="afternoon", subject="person", count=2)
        files.write_image(picture, studio.still(scene, 1.0, width=768, height=432))
        example = {
            "good": True,
            "text": "One window, two people, every shadow true.",
            "asset": operator.upload(picture)["id"],
        }
        written = operator.create_campaign(**ASKING, base_reward_wei=str(3 * journey.ETHER), examples=[example])
        operator.transport.put(f"campaigns/{written['id']}/quiz", {"questions": QUESTIONS})
        operator.fund_campaign(written["id"], 600 * journey.ETHER)
        return str(operator.open_campaign(written["id"])["id"])

    def show_examples(self, good: str, bad: str) -> None:
        """Accepted and rejected work, to whoever reads the campaign."""
        examples = [
            {
                "good": True,
                "text": "The path, the light and the sound all belong to this very shot.",
                "submission": good,
            },
            {"good": False, "text": "The caption tells of a touch that nobody sees.", "submission": bad},
        ]
        self.client("olga").edit_campaign(self.campaign, examples=examples)

    def contribute(self) -> str:
        """The id of a take that nobody filmed before, measured and waiting for its reviewers."""
        clara = self.client("clara")
        seed = FIRST_SEED + sum(1 for _ in clara.submissions(mine="true"))
        take = contributions.film_take(self.folder / f"take-{seed:05d}", seed)
        submission = clara.submit(take, campaign=self.campaign)
        ended = clara.wait_for_submission(submission["id"])
        assert ended["submission"]["status"] == "in_review", ended
        return str(submission["id"])

    def judge(self, verdicts: Mapping[str, Verdict], *, by: str = "rosa") -> None:
        """Give these submissions these verdicts; others that wait are approved."""
        reviewer, left = self.client(by), set(verdicts)
        while left:
            held = reviewer.next_review(self.campaign)
            verdict, reasons, note = verdicts.get(held["submission"], APPROVED)
            reviewer.cast_review(held["id"], verdict, reasons=reasons, note=note)
            left.discard(held["submission"])

    def draft_of(self, submission: str) -> str:
        """A draft with the record of another submission: every editor has something to show."""
        clara = self.client("clara")
        record = clara.submission(submission)["record"]
        body = {"campaign": self.campaign, "record": record}
        return str(clara.transport.post("submissions", body)["id"])

    def make_models(self) -> None:
        """A version, its export, seconds of training on it, two clips and the question which is better."""
        elias = self.client("elias")
        dataset = elias.create_dataset("rolling-things", "What this campaign accepted.")
        version = elias.freeze(dataset["id"], selection={"campaigns": [self.campaign]})
        export = elias.export(version["id"])
        run = elias.wait_for_run(elias.train(export["id"], config={**journey.TRAINING, **SECONDS})["id"])
        adapter = next(elias.checkpoints(run["id"]))["id"]
        clips = [elias.generate("A red ball rolls down a ramp.", adapter=one, **SMALL) for one in (None, adapter)]
        made = [elias.wait_for_generation(clip["id"])["id"] for clip in clips]
        elias.compare(*made)

    def all_of_it(self) -> Life:
        """Everything, once for each platform; one submission is left to be judged, and one decision is disputed."""
        clara = self.client("clara")
        if any(clara.submissions(mine="true", status="accepted")):
            return self
        *accepted, rejected, returned = [self.contribute() for _ in range(5)]
        self.judge(
            dict.fromkeys(accepted, APPROVED)
            | {
                rejected: ("reject", ["off_brief"], "The ball never touches the ramp."),
                returned: ("request_changes", ["caption_thin"], "Say what the light does."),
            }
        )
        self.show_examples(accepted[0], rejected)
        self.call_with_questions()
        clara.transport.post(f"submissions/{rejected}/dispute", {"text": "It does, at the first second."})
        self.draft_of(accepted[0])
        self.make_models()
        self.contribute()
        return self
