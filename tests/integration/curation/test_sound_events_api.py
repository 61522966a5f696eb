"""Sound events from and to other tools' files, through HTTP."""

from __future__ import annotations

import pytest

from tests.factories import curation as make
from tests.factories.records import blueprint
from tests.integration.curation.conftest import answer, signed_in

pytestmark = pytest.mark.django_db
READ = "/api/v1/sound-events/read"
TABLE = "0.5\t1.25\tAlarm_bell_ringing\n2.0\t3.0\tglorp\n"


def test_table_becomes_events_of_a_record_and_a_file_again() -> None:
    ana = make.person()
    client = signed_in(ana)
    read = answer(client.post(READ, {"text": TABLE}))
    assert read["format"] == "dcase"
    assert read["events"][0] == {"onset_s": 0.5, "offset_s": 1.25, "mid": "/m/07pp_mv", "name": "Alarm bell ringing"}
    assert [(loss["path"], loss["code"]) for loss in read["losses"]] == [("line 2", "no_class")]
    record = blueprint(audio={"events": read["events"]})
    body = {"campaign": str(make.campaign().id), "record": record}
    draft = answer(client.post("/api/v1/submissions", body), 201)
    assert draft["problems"] == []
    written = answer(client.get(f"/api/v1/submissions/{draft['id']}/sound-events"))
    assert (written["name"], written["losses"]) == ("sound-events.tsv", [])
    assert written["content"] == f"onset\toffset\tevent_label\n{TABLE}"
    jams = answer(client.get(f"/api/v1/submissions/{draft['id']}/sound-events?as=jams"))
    assert answer(client.post(READ, {"text": jams["content"]}))["events"] == read["events"]


def test_files_that_cannot_be_read_are_refused_with_their_line() -> None:
    refused = answer(signed_in(make.person()).post(READ, {"text": "0\t1\tDog\n3\t2\tCat\n"}), 422)
    assert refused["code"] == "sounds_not_read"
    assert "line 2" in refused["fields"]
    assert answer(signed_in(make.person()).post(READ, {"text": "a poem", "format": "srt"}), 400)
