"""Strengths of models from judged pairs."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generation.ranking import Game, strengths
from generation.scene_types import scene_types


def games(first: str, second: str, *, wins: int, of: int) -> list[Game[str]]:
    return [Game(first, second, float(i < wins), voter=i) for i in range(of)]


def test_who_wins_more_is_stronger_and_the_interval_holds_the_rate() -> None:
    found = strengths(games("a", "b", wins=30, of=40))
    assert found["a"].win_rate == 0.75
    assert found["a"].low < 0.75 < found["a"].high
    assert found["a"].rating > 1_000 > found["b"].rating
    assert found["a"].rating_low <= found["a"].rating <= found["a"].rating_high
    assert round(found["a"].rating - found["b"].rating) in range(150, 200)  # odds of 3 are 191 points; less a prior


def test_strength_counts_who_was_beaten_not_only_how_often() -> None:
    found = strengths(
        [*games("a", "b", wins=8, of=10), *games("b", "c", wins=8, of=10), *games("d", "c", wins=8, of=10)]
    )
    assert found["a"].rating > found["b"].rating > found["c"].rating
    assert found["a"].rating > found["d"].rating  # both won 8 of 10, against others


def test_one_who_never_lost_has_a_finite_strength() -> None:
    found = strengths(games("a", "b", wins=5, of=5))
    assert 1_000 < found["a"].rating < 2_000
    assert found["a"].rating_high < 3_000


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.sampled_from([0.0, 0.5, 1.0])), max_size=30)
)
def test_votes_are_counted_once_for_each_side(rows: list[tuple[str, str, float]]) -> None:
    played = [Game(a, b, score, i % 4) for i, (a, b, score) in enumerate(rows) if a != b]
    found = strengths(played)
    assert sum(one.n for one in found.values()) == 2 * len(played)
    assert sum(one.wins for one in found.values()) == len(played)


def test_a_request_is_of_the_scenes_that_it_names() -> None:
    request = {
        "camera": {"move": "dolly_in"},
        "lighting": {"sun": {"azimuth_deg": 0, "elevation_deg": 5}},
        "audio": {"events": [{"name": "Thump, thud", "onset_s": 0, "offset_s": 1}]},
    }
    assert scene_types(request) == ["light=golden_hour", "movement=dolly_in", "sound=Thump, thud"]
    assert scene_types({"camera": None, "lighting": None, "audio": None}) == []
