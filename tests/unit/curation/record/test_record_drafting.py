"""Drafts are told as far as they are well formed."""

from curation.record import parse_record
from curation.record.captions import compose_caption, short_caption
from curation.record.drafting import read_draft, read_part
from curation.record.models import Lighting
from tests.factories.records import valid_record


def test_a_whole_record_is_told_as_it_is_when_it_is_parsed() -> None:
    whole = valid_record()
    record, problems = read_draft(whole)
    assert not problems
    for language in ("en", "ar"):
        assert compose_caption(record, language) == compose_caption(parse_record(whole), language)
        assert short_caption(record, language) == short_caption(parse_record(whole), language)


def test_nothing_is_told_of_nothing() -> None:
    record, problems = read_draft({"scene": None, "video": "whatever"})
    assert (compose_caption(record), short_caption(record), problems) == ("", "", [])


def test_what_is_wrong_is_left_out_and_named() -> None:
    draft = valid_record()
    draft["scene"]["shot"]["size"] = "gigantic"
    draft["scene"]["style"] = ["plain", "two\nlines", "grainy"]
    draft["scene"]["actions"].append({"subject": "nobody", "verb": "waits", "start_s": 0.0, "end_s": 1.0})
    draft["lighting"] = {"tags": {"quality": "hard"}, "lights": [{"role": "key", "type": "point"}]}
    record, problems = read_draft(draft)
    paths = {problem.path for problem in problems}
    assert {"scene.shot.size", "scene.style[1]", "lighting.lights[0].intensity"} <= paths
    assert all(problem.message and problem.fix for problem in problems)
    told = compose_caption(record)
    assert "Style: plain, grainy." in told
    assert "nobody" not in told
    assert "hard light" in told


def test_a_part_that_is_no_object_is_left_out() -> None:
    for data in ("text", [], 5, True, {"lights": "x"}):
        part, problems = read_part(Lighting, data, name="lighting")
        assert part is None
        assert problems


def test_a_short_caption_alone_is_a_caption() -> None:
    record, problems = read_draft({"scene": {"caption_short": "A ball rolls."}})
    assert (short_caption(record), compose_caption(record), problems) == ("A ball rolls.", "A ball rolls.", [])
