"""What is known of a map's light from its facts alone, without its file."""

from typing import Any
from uuid import UUID

import pytest

from curation.models import Asset
from curation.record import Record, lighting, parse_record
from curation.services.cheap_measures import cheap_measurements
from curation.services.measured_facts import with_measured_facts
from tests.factories.records import asset_id, blueprint
from tests.unit.curation.record.test_record_lighting import map_with_sun

MAP = UUID(asset_id("env_map"))
SUN = {"azimuth_deg": 220.0, "elevation_deg": 35.0}
TURN = lighting.world_from_env("blender").ravel().tolist()


def drafted(**env_map: Any) -> Record:
    light = {"static": True, "source": "measured", "sun": SUN, "env_map": {"asset": str(MAP), **env_map}}
    return parse_record(blueprint(lighting=light))


def assets(yaw_deg: float = 0.0, **facts: Any) -> dict[UUID, Asset]:
    seen = lighting.sun_direction(SUN["azimuth_deg"] + yaw_deg, SUN["elevation_deg"])
    kept = lighting.measure_map(map_with_sun(seen, height=64)).as_facts()
    return {MAP: Asset(id=MAP, facts={"light": kept, **facts})}


@pytest.mark.parametrize(("yaw_deg", "error_deg"), [(0, 0), (90, 75)])
def test_turned_map_is_found_without_decoding_it(yaw_deg: float, error_deg: float) -> None:
    found = {item.metric: item.value for item in cheap_measurements(drafted(), assets(yaw_deg))}
    assert found["lighting.key_direction_error_deg"] == pytest.approx(error_deg, abs=6)


def test_maps_without_kept_light_are_left_to_the_scorers() -> None:
    found = {item.metric: item.not_applicable for item in cheap_measurements(drafted(), {MAP: Asset(id=MAP, facts={})})}
    assert found["lighting.map_finite_share"] == "no environment map was given"


def test_orientation_that_the_conversion_was_told_goes_into_the_record() -> None:
    filled = with_measured_facts(drafted(), assets=assets(world_from_env=TURN), contributor="someone")
    assert filled.lighting.env_map.world_from_env == pytest.approx(TURN)


def test_orientation_that_the_record_states_itself_stays() -> None:
    own = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]
    filled = with_measured_facts(drafted(world_from_env=own), assets=assets(world_from_env=TURN), contributor="someone")
    assert filled.lighting.env_map.world_from_env == tuple(own)
