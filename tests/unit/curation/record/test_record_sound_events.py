"""Sound events from DCASE tables and JAMS, and back."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.record import RecordRefused
from curation.record.models import SoundEvent
from curation.record.sound_events import FORMATS, MAX_EVENTS, detect, export_events, import_events

DESED = (
    "filename\tonset\toffset\tevent_label\n"
    "a.wav\t0.163\t0.665\tAlarm_bell_ringing\n"
    "a.wav\t1.5\t4\tElectric_shaver_toothbrush\n"
)
SCAPER = {
    "annotations": [
        {
            "namespace": "scaper",
            "annotation_metadata": {},
            "data": [
                {"time": 0.0, "duration": 10.0, "confidence": 1.0, "value": {"label": "park", "role": "background"}},
                {
                    "time": 2.1,
                    "duration": 0.2,
                    "confidence": 1.0,
                    "value": {"event_label": "Dog", "role": "foreground"},
                },
            ],
        },
        {"namespace": "beat", "annotation_metadata": {}, "data": [{"time": 0, "duration": 0, "value": 1}]},
    ],
    "file_metadata": {"duration": 10.0},
}


def told(content: str | bytes) -> list[tuple[float, float, str, str | None]]:
    found = import_events(content.encode() if isinstance(content, str) else content)
    return [(event.onset_s, event.offset_s, event.name, event.mid) for event in found.events]


def refusal(content: str | bytes) -> tuple[str, str]:
    with pytest.raises(RecordRefused) as refused:
        import_events(content.encode() if isinstance(content, str) else content)
    problem = refused.value.problems[0]
    assert problem.message
    assert problem.fix
    return problem.path, problem.code


def test_table_with_a_header_names_classes_by_dcase_spelling():
    assert told(DESED) == [
        (0.163, 0.665, "Alarm bell ringing", "/m/07pp_mv"),
        (1.5, 4.0, "Electric shaver toothbrush", "/m/02g901"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1.5\t2\tDog\n",
        "\ufeff1.5\t2\tDog",
        "# made by hand\r\n\r\n1.5\t2.0\tDog\r\n",
        "onset\toffset\tlabel\n1.5\t2.0\tDog\n",
        "label\tonset\toffset\nDog\t1.5\t2.0\n",
        "a.wav\t1.5\t2\tDog\n",
        "1,5\t2,0\tDog\n",
        "1.5e0 2 Dog\n",
        "1.5, 2.0, Dog\n",
        "Onset,Offset,Event_Label\n1.5,2.0,Dog\n",
    ],
)
def test_tables_in_every_usual_shape_are_read(text: str):
    assert told(text) == [(1.5, 2.0, "Dog", "/m/0bt9lr")]


def test_labels_with_commas_and_spaces_are_kept_whole():
    assert told("0,1,Thump, thud\n") == [(0.0, 1.0, "Thump, thud", "/m/07qnq_y")]
    assert told("0 1 Thump, thud\n") == [(0.0, 1.0, "Thump, thud", "/m/07qnq_y")]


def test_files_that_the_table_lists_as_silent_have_no_events():
    assert told("filename\tonset\toffset\tevent_label\na.wav\t\t\t\n") == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("0\t1\tDog\n0\t1\n", ("line 2", "wrong_columns")),
        ("onset\toffset\tlabel\nx\t1\tDog\n", ("line 2", "not_a_number")),
        ("0\t1\tDog\n\n3\t2\tCat\n", ("line 3", "ends_before_start")),
        ("-1\t2\tCat\n", ("line 1", "out_of_range")),
        ("0\t1e9\tCat\n", ("line 1", "out_of_range")),
        ("0\t1\t\n", ("line 1", "wrong_label")),
        ("0\t1\t" + "x" * 90 + "\n", ("line 1", "wrong_label")),
        ("a.wav\t0\t1\tDog\nb.wav\t0\t1\tDog\n", ("line 2", "several_recordings")),
        ("0\t1\tDog\n" * (MAX_EVENTS + 1), (f"line {MAX_EVENTS + 1}", "too_many")),
        ("", ("", "unknown_format")),
        ("A dog barks.", ("", "unknown_format")),
        (b"\xff\xff\x00", ("", "not_text")),
        (b"0\t1\tDog\x00", ("", "not_text")),
    ],
)
def test_tables_that_cannot_be_read_are_refused_with_their_line(text: str | bytes, problem: tuple[str, str]):
    assert refusal(text) == problem


def test_scaper_sounds_are_read_and_music_is_left_out_and_told():
    found = import_events(json.dumps(SCAPER).encode())
    assert [(event.onset_s, event.offset_s, event.name) for event in found.events] == [
        (0.0, 10.0, "park"),
        (2.1, 2.3, "Dog"),
    ]
    assert [(loss.path, loss.code) for loss in found.losses] == [
        ("annotations[1]", "not_sounds"),
        ("annotations[0].data[0]", "no_class"),
    ]


def test_old_columns_of_observations_and_unsure_ones_are_read():
    columns = {"time": [0, 1.0], "duration": [1, 0.5], "value": ["Dog", "Cat"], "confidence": [0.5, None]}
    found = import_events(json.dumps({"annotations": [{"namespace": "tag_open", "data": columns}]}).encode())
    assert [(event.onset_s, event.offset_s, event.name) for event in found.events] == [
        (0.0, 1.0, "Dog"),
        (1.0, 1.5, "Cat"),
    ]
    assert [loss.code for loss in found.losses] == ["not_carried"]


def changed(**observation: Any) -> str:
    data = [{"time": 0, "duration": 1, "value": "Dog", "confidence": None} | observation]
    return json.dumps({"annotations": [{"namespace": "tag_open", "data": data}]})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"annotations": [', ("line 1", "not_json")),
        ('{"annotations": 3}', ("annotations", "wrong_shape")),
        ('{"annotations": [3]}', ("annotations[0]", "wrong_shape")),
        ('{"annotations": [{"data": []}]}', ("annotations[0].namespace", "missing")),
        ('{"annotations": [{"namespace": "tag_open", "data": {"time": [1]}}]}', ("annotations[0].data", "wrong_shape")),
        ('{"annotations": [{"namespace": "tag_open", "data": [NaN]}]}', ("", "not_finite")),
        (changed(time=True), ("annotations[0].data[0].time", "not_a_number")),
        (changed(time=10**400), ("annotations[0].data[0].time", "not_a_number")),
        (changed(duration=-2), ("annotations[0].data[0]", "out_of_range")),
        (changed(value=None), ("annotations[0].data[0].value", "wrong_label")),
        (changed(value={"label": 3}), ("annotations[0].data[0].value", "wrong_label")),
        ('{"annotations": ' + "[" * 100_000, ("", "not_json")),
    ],
)
def test_jams_that_cannot_be_read_are_refused_with_their_place(text: str, problem: tuple[str, str]):
    assert refusal(text) == problem


def test_labels_without_a_class_are_told_once_with_the_nearest_names():
    found = import_events(b"0\t1\tThumping\n1\t2\tThumping\n2\t3\tDog\n")
    (loss,) = found.losses
    assert (loss.path, loss.code) == ("line 1", "no_class")
    assert "Thump, thud" in loss.fix


def test_formats_are_told_apart_by_content():
    assert detect(DESED.encode()) == "dcase"
    assert detect(json.dumps(SCAPER).encode()) == "jams"
    with pytest.raises(RecordRefused):
        import_events(DESED.encode(), format="srt")


def test_what_a_file_does_not_carry_is_told():
    event = SoundEvent(onset_s=0.0, offset_s=1.0, name="glorp_x", mid="/m/0bt9lr", source="on_screen", subject="dog")
    losses = {loss.path for loss in export_events([event], "dcase").losses}
    assert losses == {"events[].name", "events[].mid", "events[].source", "events[].subject"}
    assert export_events([SoundEvent(onset_s=0.0, offset_s=1.0, name="Dog", mid="/m/0bt9lr")], "jams").losses == ()


SECONDS = st.integers(0, 3_600_000).map(lambda ms: ms / 1000)
NAMES = st.text(st.characters(categories=["L", "N"], include_characters=",.()-' "), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)
EVENTS = st.lists(
    st.builds(
        lambda a, b, name: {"onset_s": min(a, b), "offset_s": max(a, b), "name": name},
        SECONDS,
        SECONDS,
        NAMES.filter(bool) | st.sampled_from(["Thump, thud", "Dog", "Inside, small room"]),
    ),
    max_size=12,
)


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=80, deadline=None)
@given(rows=EVENTS)
def test_events_come_back_as_they_were_written(format_: str, rows: list[dict[str, Any]]):
    events = [SoundEvent(**row) for row in rows]
    back = import_events(export_events(events, format_).content, format=format_)
    assert [(e.onset_s, e.offset_s, e.name) for e in back.events] == [(e.onset_s, e.offset_s, e.name) for e in events]


def said(content: bytes) -> list[str]:
    """What is told of a file: its losses, or how to put it right."""
    try:
        return [str(loss) for loss in import_events(content).losses]
    except RecordRefused as refused:
        return [problem.fix for problem in refused.problems]


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(str.encode)
    | st.lists(st.sampled_from(["0", "1.5", "\t", "\n", "Dog", "nan", "-", ",", "onset", "a.wav", "#", "1e999"])).map(
        lambda parts: "".join(parts).encode()
    )
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from(["Dog", "tag_open", "scaper"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["annotations", "namespace", "data", "time", "duration", "value"]), inner)
        ),
        max_leaves=12,
    ).map(lambda data: json.dumps({"annotations": data}).encode())
)
def test_any_bytes_are_read_or_refused_with_a_fix(content: bytes):
    assert all(said(content))
