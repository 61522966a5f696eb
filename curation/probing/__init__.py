"""What a file really is, found out by decoding all of it in a process that may die.

Refuses, by name and with the fix, whatever it cannot vouch for: it never trusts an extension or a declared type, never
unpickles, follows no reference out of the file, and never lets a decoder crash, hang or eat the worker's memory.
"""

from curation.probing.facts import Facts, Limits, Refusal
from curation.probing.names import check_name
from curation.probing.process import ProbeBroken, probe

__all__ = ["Facts", "Limits", "ProbeBroken", "Refusal", "check_name", "probe"]
