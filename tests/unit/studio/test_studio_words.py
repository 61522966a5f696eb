"""Captions are true, false ones are false in one respect, and constraints are kept or refused."""

import re

import pytest

import studio
from studio import words
from studio.captions import groups
from studio.compose import VERBS, UnknownConstraint
from studio.materials import COLORS
from studio.subjects import CAST


def _tells(caption: str, options: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{re.escape(option)}\b", caption.lower()) for option in options)


@pytest.mark.parametrize("seed", range(40))
def test_the_caption_names_every_subject_its_colour_and_place(seed: int) -> None:
    scene = studio.compose(seed)
    caption = studio.caption(scene, draw=seed)
    for group in groups(scene):
        assert _tells(caption, tuple(w for pair in words.NOUN_WORDS[group.noun] for w in pair))
        assert _tells(caption, words.COLOR_WORDS.get(group.color, (group.color,)))
    assert _tells(caption, words.PLACE_WORDS[scene.setting.place])
    assert len(caption.split()) <= 60


@pytest.mark.parametrize("seed", range(30))
def test_a_false_caption_differs_from_the_true_one_and_from_the_scene(seed: int) -> None:
    scene = studio.compose(seed)
    told = studio.variants(scene, draw=1)
    assert told["true"] == studio.caption(scene, draw=1)
    assert len(set(told.values())) == 5
    present = {w for g in groups(scene) for w in words.COLOR_WORDS.get(g.color, (g.color,))}
    wrong = {w for c in COLORS for w in words.COLOR_WORDS.get(c, (c,))} - present
    assert _tells(told["color"], tuple(wrong))
    assert not _tells(told["true"].replace("green meadow", ""), tuple(wrong))


def test_wordings_are_many() -> None:
    assert len({studio.caption(studio.compose(1), draw=draw) for draw in range(60)}) > 30


@pytest.mark.parametrize("seed", range(30))
def test_the_long_caption_is_one_line_of_80_to_250_words(seed: int) -> None:
    told = studio.describe(studio.compose(seed))
    assert 80 <= len(told["caption_long"].split()) <= 250
    assert "\n" not in told["caption_long"]
    assert len(told["caption_short"].split()) <= 60


def test_the_description_agrees_with_the_scene() -> None:
    cast = {"subject": "robot", "color": "blue", "action": "walks", "count": 2}
    scene = studio.compose(22, place="street", time_of_day="night", **cast)
    told = studio.describe(scene)
    assert told["subjects"] == ["blue robot 1", "blue robot 2"]
    assert [a["verb"] for a in told["actions"]] == ["walks", "walks"]
    assert told["setting"]["place"] == "street"
    assert not told["setting"]["interior"]
    assert told["setting"]["time_of_day"] == "night"
    assert set(told) == {
        "caption_short", "caption_long", "language", "subjects", "actions", "setting", "shot", "style", "text_on_screen"
    }  # fmt: skip


def test_lighting_tells_the_suns_place_and_physical_units() -> None:
    scene = studio.compose(3, place="desert", time_of_day="noon", weather="clear")
    told = studio.lighting(scene)
    assert told["sun"]["elevation_deg"] > 45
    assert told["lights"][0]["unit"] == "lx"
    assert 30_000 < told["lights"][0]["intensity"] < 120_000
    assert told["source"] == "engine"


def test_night_has_its_sun_below_the_horizon() -> None:
    assert studio.lighting(studio.compose(3, time_of_day="night"))["sun"]["elevation_deg"] < -6


@pytest.mark.parametrize("noun", list(CAST))
def test_every_subject_does_everything_it_can(noun: str) -> None:
    for verb in CAST[noun].verbs:
        scene = studio.compose(1, subject=noun, action=verb, count=1)
        assert (scene.subjects[0].noun, scene.subjects[0].motion.verb) == (noun, verb)
    assert set(CAST[noun].verbs) <= set(VERBS)


@pytest.mark.parametrize(
    "wish",
    [
        {"move": "teleport"},
        {"subject": "unicorn"},
        {"color": "beige"},
        {"subject": "car", "action": "waves"},
        {"count": 9},
    ],
)
def test_an_unknown_wish_is_refused_by_name(wish: dict[str, object]) -> None:
    with pytest.raises(UnknownConstraint, match=str(next(reversed(wish.values())))):
        studio.compose(1, **wish)  # type: ignore[arg-type]  # wrong on purpose


def test_a_wish_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownConstraint, match="colour"):
        studio.compose(1, colour="red")  # type: ignore[call-arg]  # wrong on purpose


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(UnknownConstraint, match="seed"):
        studio.compose(-1)
