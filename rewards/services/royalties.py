"""What gathered for a version is shared out among those whose data it holds, by their weight in its manifest."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from curation import public as curation
from rewards import reward_policy
from rewards.lifecycle import AccountKind, TransactionKind
from rewards.models import Account, Distribution, Royalty
from rewards.models.ledger import ASSET
from rewards.reward_policy import ONE_BP
from rewards.royalty_split import split
from rewards.services import ledger, turns
from rewards.services.ledger import AccountName, Posting

# People in one ledger transaction, whose entries are counted in 16 bits.
AT_ONCE = 1_000


def distribute_waiting(*, now: datetime) -> int:
    """How many versions had their royalties shared out: those for which enough had gathered."""
    least = reward_policy.in_force().royalty_least_wei
    full = Account.objects.filter(kind=AccountKind.ROYALTY, asset=ASSET, balance_wei__gte=least).order_by("id")
    versions = [UUID(code.rpartition(":")[2]) for code in full.values_list("code", flat=True)]
    return sum(_distribute(version_id, least, now) for version_id in versions)


@transaction.atomic
def _distribute(version_id: UUID, least_wei: int, now: datetime) -> bool:
    """All that gathered, to the last unit; to the platform where everything in the version was withdrawn."""
    turns.take(f"royalties:{version_id}")
    pool = AccountName(AccountKind.ROYALTY, version_id)
    amount = Account.objects.get(code=pool.code, asset=ASSET).balance_wei
    if amount < least_wei:
        return False  # another worker did it while this one waited
    distribution = Distribution.objects.create(version_id=version_id, amount_wei=amount, at=now)
    shares = {share.contributor_id: share for share in curation.contributor_shares(version_id)}
    if not shares:
        ledger.post_all([_posting(distribution, {AccountName(AccountKind.REVENUE): amount}, 0)], now=now)
        return True
    parts = split(amount, {person: share.weight for person, share in shares.items()})
    _pay(distribution, {person: part for person, part in sorted(parts.items()) if part}, shares, now)
    return True


def _pay(
    distribution: Distribution,
    parts: Mapping[UUID, int],
    shares: Mapping[UUID, curation.ContributorShare],
    now: datetime,
) -> None:
    total, people = sum(share.weight for share in shares.values()), list(parts)
    chunks = [people[first : first + AT_ONCE] for first in range(0, len(people), AT_ONCE)]
    postings = [
        _posting(distribution, {AccountName(AccountKind.ACCRUED, one): parts[one] for one in chunk}, number)
        for number, chunk in enumerate(chunks)
    ]
    booked = ledger.post_all(postings, now=now)
    Royalty.objects.bulk_create(
        Royalty(
            distribution=distribution,
            person_id=one,
            samples=shares[one].samples,
            weight_bp=shares[one].weight * ONE_BP // total,
            amount_wei=parts[one],
            transaction=posted,
        )
        for chunk, posted in zip(chunks, booked, strict=True)
        for one in chunk
    )


def _posting(distribution: Distribution, to: Mapping[AccountName, int], number: int) -> Posting:
    return Posting(
        key=f"royalty:{distribution.id}:{number}",
        kind=TransactionKind.ROYALTY,
        source=f"curation.version:{distribution.version_id}",
        moves={AccountName(AccountKind.ROYALTY, distribution.version_id): -sum(to.values()), **to},
    )
