"""Assets of a record are listed with what each has to be."""

from curation.record import asset_references, parse_record
from tests.factories.records import asset_id, blueprint, valid_record


def test_every_asset_is_listed_once_with_place_and_kind():
    record = parse_record(valid_record(image_assets=[asset_id("one"), asset_id("two")]))
    assert [(reference.path, reference.kind) for reference in asset_references(record)] == [
        ("reference_images[0].asset", "image"),
        ("reference_images[1].asset", "image"),
        ("audio.asset", "audio"),
        ("camera.poses.asset", "camera_poses"),
        ("lighting.env_map.asset", "environment_map"),
        ("video.asset", "clip"),
    ]
    assert str(asset_references(record)[1].asset_id) == asset_id("two")


def test_blueprint_speaks_of_no_asset():
    assert asset_references(parse_record(blueprint())) == []
