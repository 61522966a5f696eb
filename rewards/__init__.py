"""Money: a double-entry ledger, and the rules that turn facts of other rooms into credits.

It pulls facts, never asks to be told; it knows no prices but those that facts carry, and sends nothing on chain yet.
"""
