"""What device time costs, in runs and in clips alike."""

from decimal import ROUND_CEILING, Decimal

from django.conf import settings


def price_wei(device_seconds: float) -> int:
    """What the device time costs, rounded up to a whole base unit."""
    exact = Decimal(str(device_seconds)) * settings.DEVICE_SECOND_PRICE_WEI
    return int(exact.to_integral_value(rounding=ROUND_CEILING))
