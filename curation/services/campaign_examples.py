"""The examples of a campaign as they are stored: what they show is what they say it is."""

from collections.abc import Mapping
from typing import Any

from common.errors import InvalidInput
from curation.lifecycle import AssetStatus, SubmissionStatus
from curation.models import Asset, Campaign, Submission


class BadExample(InvalidInput):
    """It shows something that is not of its kind, or not there."""

    code = "bad_example"


def checked(campaign: Campaign) -> list[dict[str, Any]]:
    """The campaign's examples in their stored form.

    Raises:
        BadExample: A good one shows work that was not accepted, a bad one work that was not rejected, or an image is
            not ready, not an image, or not the editor's; `fields` names which.
    """
    return [_checked(place, example, campaign) for place, example in enumerate(campaign.examples)]


def _checked(place: int, example: Mapping[str, Any], campaign: Campaign) -> dict[str, Any]:
    submission, asset = example.get("submission"), example.get("asset")
    status = SubmissionStatus.ACCEPTED if example["good"] else SubmissionStatus.REJECTED
    if submission and not Submission.objects.filter(id=submission, status=status).exists():
        message = f"This is not {status.label.lower()} work."
        raise BadExample(message, fields={f"examples.{place}.submission": [message]})
    ready = Asset.objects.filter(owner=campaign.created_by, status=AssetStatus.READY, kind="image")
    if asset and not ready.filter(id=asset).exists():
        message = "This is not a verified image of whoever wrote the campaign."
        raise BadExample(message, fields={f"examples.{place}.asset": [message]})
    return {
        "good": example["good"],
        "text": example["text"],
        "submission": str(submission) if submission else None,
        "asset": str(asset) if asset else None,
    }
