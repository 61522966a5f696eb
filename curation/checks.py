"""What `manage.py check --deploy` looks at in this room: are the configured models calibrated for the gates."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Doubt
from django.db import DatabaseError

TAG = "calibration"


@register(TAG, deploy=True)
def configured_models_are_calibrated(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """One error for each metric that a campaign's gates judge as a probability and no curve covers."""
    # Imported here: decoders and model code, which no other command needs.
    from curation.models import Campaign
    from curation.services import judgings, scoring_holds, scoring_worker

    try:
        policies = {policy.sha256: policy for policy in map(judgings.policy_of, Campaign.objects.all())}
        missing = list(scoring_holds.uncalibrated(scoring_worker.scorers(), policies.values()))
    except DatabaseError as error:
        return [Doubt(f"Calibrations cannot be looked at: {error}", hint="Start the database.", id="curation.W001")]
    return [Error(one.error.message, id="curation.E001") for one in missing]
