"""Where the sun stands at a place and a time. The place is used and forgotten: no record holds one."""

from dataclasses import dataclass
from datetime import datetime

from astral import Observer
from astral.sun import zenith_and_azimuth

from curation.record.problems import refuse


@dataclass(frozen=True)
class SunPosition:
    """Azimuth clockwise from true north in [0, 360), elevation above the horizon; `refraction_deg` is in it."""

    azimuth_deg: float
    elevation_deg: float
    refraction_deg: float


def sun_position(*, latitude_deg: float, longitude_deg: float, at: datetime) -> SunPosition:
    """The apparent sun, lifted by the air near the horizon (NOAA's algorithm; within 0.1 degrees from 1900 to 2100).

    Args:
        latitude_deg: North is positive, [-90, 90].
        longitude_deg: East is positive, [-180, 180].
        at: An instant with its time zone.

    Raises:
        RecordRefused: The place is not on Earth, or the time has no zone.
    """
    if not (-90 <= latitude_deg <= 90 and -180 <= longitude_deg <= 180):
        raise refuse("place", "out_of_range", "There is no such place.", "Latitude is within 90, longitude within 180.")
    if at.tzinfo is None:
        raise refuse("at", "no_time_zone", "The time has no zone.", "Add it, such as 2026-06-21T12:00:00+02:00.")
    observer = Observer(latitude_deg, longitude_deg)
    zenith, azimuth = zenith_and_azimuth(observer, at, with_refraction=True)
    without, _ = zenith_and_azimuth(observer, at, with_refraction=False)
    return SunPosition(azimuth % 360.0, 90.0 - zenith, without - zenith)
