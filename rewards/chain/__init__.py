"""The chain side of rewards, in plain Python: trees, leaf files, calls, keys, fees.

Nothing here knows Django or the ledger. `merkle` and `leaf_file` need no web3, so the web process may use them.
"""

import common.recursion_limit  # noqa: F401 - undoes what the libraries of every module here do
