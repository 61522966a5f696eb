"""What a transaction offers for being included (EIP-1559), and by how much a replacement must offer more."""

from dataclasses import dataclass

GWEI = 10**9
# Nodes take a replacement only if both fees rise by this share (go-ethereum's default), rounded up.
BUMP_NUMERATOR, BUMP_DENOMINATOR = 1125, 1000


class FeeCapReached(Exception):
    """The next bump would offer more than the operator allows; somebody has to look."""


@dataclass(frozen=True)
class Fees:
    """Wei per unit of gas: the most paid in all, and of it the most that goes to whoever builds the block."""

    max_fee_wei: int
    priority_fee_wei: int


def first_offer(*, base_fee_wei: int, priority_fee_wei: int, cap_wei: int) -> Fees:
    """Room for the base fee to double (six full blocks), within the cap.

    Raises:
        FeeCapReached: Not even the present base fee is within the cap.
    """
    if base_fee_wei + priority_fee_wei > cap_wei:
        raise FeeCapReached(
            f"The base fee is {base_fee_wei} wei, the cap is {cap_wei}. Wait, or raise CHAIN_MAX_FEE_WEI."
        )
    return Fees(min(2 * base_fee_wei + priority_fee_wei, cap_wei), priority_fee_wei)


def bumped(last: Fees, *, base_fee_wei: int, cap_wei: int) -> Fees:
    """An offer that nodes take in place of the last one: both fees up by 12.5 %, rounded up, and room for the base fee.

    Raises:
        FeeCapReached: It would exceed the cap.
    """
    priority = _up(last.priority_fee_wei)
    most = max(_up(last.max_fee_wei), base_fee_wei + priority)
    if most > cap_wei:
        raise FeeCapReached(f"A replacement needs {most} wei a gas, the cap is {cap_wei}. Raise CHAIN_MAX_FEE_WEI.")
    return Fees(most, priority)


def _up(fee_wei: int) -> int:
    return max(-(-fee_wei * BUMP_NUMERATOR // BUMP_DENOMINATOR), fee_wei + 1)
