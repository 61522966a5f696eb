"""How much a person's work can be relied on, from what became of it: pure functions over counted facts.

Refuses to look at who somebody is: the same history gives the same standing.
"""
