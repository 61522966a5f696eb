"""Every status of this room and every allowed move between them, as data."""

from django.db.models import TextChoices


class ReportStatus(TextChoices):
    """Of what a person reported."""

    OPEN = "open", "Open"
    UPHELD = "upheld", "Something was done"
    DISMISSED = "dismissed", "Nothing was wrong"


REPORT_TRANSITIONS: dict[str, set[str]] = {
    ReportStatus.OPEN: {ReportStatus.UPHELD, ReportStatus.DISMISSED},
    ReportStatus.UPHELD: set(),
    ReportStatus.DISMISSED: set(),
}
