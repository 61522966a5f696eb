"""The chain side of rewards, in plain Python: trees, leaf files, calls, keys, fees.

Nothing here knows Django or the ledger. `merkle` and `leaf_file` need no web3, so the web process may use them.
"""

import sys

# Its first import, which eth_account and web3 bring along, lets Python recurse 100,000 deep; deeply nested JSON then
# kills the process instead of raising RecursionError. Imported here once, it cannot do so later.
_limit = sys.getrecursionlimit()
import py_ecc  # noqa: E402, F401 - between the two lines that undo what it does

sys.setrecursionlimit(_limit)
