"""Freezing an epoch as a program of its own, so that its peak memory is nobody else's: two epochs, one line of JSON.

The first has everybody new; the second carries all of them over and adds to a few, as most epochs do.
"""

import json
import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - Django has to be set up first, here and below

from accounts.models import User  # noqa: E402
from benchmarks import payees  # noqa: E402
from benchmarks.installation import forget_peak, peak_mb  # noqa: E402
from rewards.lifecycle import EpochStatus  # noqa: E402
from rewards.models import Epoch  # noqa: E402
from rewards.selectors import payouts  # noqa: E402
from rewards.services import epochs, prepublishing  # noqa: E402

AGAIN = 2_000


def freeze(name: str) -> dict[str, float]:
    """Seconds to freeze and store, seconds to rebuild the root from the ledger, and the peak of all of it."""
    forget_peak()
    start = time.perf_counter()
    epoch = epochs.freeze(addresses=payouts.payout_addresses_of, least_wei=1, now=timezone.now())
    epochs.store_file(epoch)
    frozen = time.perf_counter()
    assert prepublishing.rebuilt_root(epoch) == bytes(epoch.root)
    Epoch.objects.filter(pk=epoch.pk).update(status=EpochStatus.ACTIVE)
    return {
        f"{name}_s": round(frozen - start, 1),
        f"{name}_rebuilt_s": round(time.perf_counter() - frozen, 1),
        f"{name}_peak_mb": round(peak_mb(), 1),
    }


if __name__ == "__main__":
    found = freeze("freeze_100k")
    payees.owe(list(User.objects.values_list("id", flat=True)[:AGAIN]))
    print(json.dumps(found | freeze("freeze_100k_again")), flush=True)
