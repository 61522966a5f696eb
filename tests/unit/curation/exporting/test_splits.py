"""Groups and splits: nothing that belongs together stands on two sides, whatever the order of events."""

from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from curation.exporting.splits import SPLITS, TRAIN, Links, settle, split_of

SALT = "5a17"
ids = st.integers(0, 40).map(lambda number: UUID(int=number))
links = st.lists(st.lists(ids, min_size=1, max_size=4), max_size=25)


def linked(together: list[list[UUID]]) -> Links:
    made = Links()
    for samples in together:
        made.join(samples)
    return made


def freeze(samples: set[UUID], together: list[list[UUID]], assigned: dict[UUID, str], excluded: set[UUID]) -> None:
    """One freeze as the service does it: settle every group, then what stands alone."""
    known = linked(together)
    for group in known.groups():
        settled = settle(group, assigned=assigned, salt=SALT)
        assigned.update(dict.fromkeys(settled.new, settled.split))
        excluded.update(settled.excluded)
    for sample in samples - set(assigned):
        assigned[sample] = split_of(sample, salt=SALT)


@given(links)
def test_no_group_straddles_the_split(together: list[list[UUID]]) -> None:
    assigned: dict[UUID, str] = {}
    freeze({sample for samples in together for sample in samples}, together, assigned, set())
    for samples in together:
        assert len({assigned[sample] for sample in samples}) == 1


@given(st.sets(ids), links, links)
def test_no_group_straddles_the_split_after_a_later_merge(
    samples: set[UUID], first: list[list[UUID]], later: list[list[UUID]]
) -> None:
    assigned: dict[UUID, str] = {}
    excluded: set[UUID] = set()
    samples = samples | {sample for together in first + later for sample in together}
    freeze(samples, first, assigned, excluded)
    before = dict(assigned)
    freeze(samples, first + later, assigned, excluded)
    for together in first + later:
        assert len({assigned[sample] for sample in together if sample not in excluded}) <= 1
    assert all(assigned[sample] == split for sample, split in before.items())
    assert all(assigned[sample] != TRAIN for sample in excluded)


@given(links, st.randoms())
def test_groups_do_not_depend_on_the_order_of_joining(together: list[list[UUID]], random: object) -> None:
    shuffled = [list(samples) for samples in together]
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    one, other = linked(together), linked(shuffled)
    assert one.groups() == other.groups()
    assert all(one.root(group[0]) == min(group) for group in one.groups())


def test_a_chain_joins_its_ends() -> None:
    samples = [UUID(int=number) for number in range(500)]
    chain = linked([[one, two] for one, two in pairwise(samples)])
    assert chain.groups() == [samples]


def test_splits_are_eight_one_one_and_follow_the_salt() -> None:
    drawn = [split_of(UUID(int=number), salt=SALT) for number in range(5000)]
    shares = [drawn.count(split) / len(drawn) for split in SPLITS]
    assert all(abs(share - wanted) < 0.02 for share, wanted in zip(shares, (0.8, 0.1, 0.1), strict=True))
    assert drawn != [split_of(UUID(int=number), salt="other") for number in range(5000)]
    assert split_of(UUID(int=7), salt=SALT) == drawn[7]
