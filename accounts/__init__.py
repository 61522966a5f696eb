"""People: who they are, which roles they hold, what they may do, and the tokens their programs sign in with.

It knows no room to its left: rights are named by action, never by another room's tables.
"""
