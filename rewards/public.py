"""All that `config` wires to other rooms."""

from rewards.services.customers import check_may_spend

__all__ = ["check_may_spend"]
