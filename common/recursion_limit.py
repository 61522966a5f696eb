"""Python's own limit of recursion, whatever the Ethereum libraries do to it. To be imported wherever they are.

py_ecc, which eth_account and web3 bring along, lets Python recurse 100,000 deep when it is first imported; deeply
nested JSON then kills the process instead of raising RecursionError. Imported here, it cannot do so later; and whoever
imported it before does not keep the limit high either.
"""

import sys

PYTHONS_OWN = 1_000
_limit = min(sys.getrecursionlimit(), PYTHONS_OWN)
import py_ecc  # noqa: E402, F401 - between the two lines that undo what it does

sys.setrecursionlimit(_limit)
