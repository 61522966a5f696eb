"""The four parts a person can play; one person may hold several."""

from django.db import models


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", "Contributor"
    REVIEWER = "reviewer", "Reviewer"
    ENGINEER = "engineer", "ML engineer"
    OPERATOR = "operator", "Operator"


class Scope(models.TextChoices):
    """What a token may be used for; never more than its person's roles allow."""

    READ = "read", "Read"
    CONTRIBUTE = "contribute", "Contribute"
    REVIEW = "review", "Review"
    ENGINEER = "engineer", "Engineer"
    OPERATE = "operate", "Operate"


SCOPE_OF_ROLE: dict[str, Scope] = {
    Role.CONTRIBUTOR: Scope.CONTRIBUTE,
    Role.REVIEWER: Scope.REVIEW,
    Role.ENGINEER: Scope.ENGINEER,
    Role.OPERATOR: Scope.OPERATE,
}
