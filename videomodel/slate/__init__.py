"""slate-nano: the built-in joint picture-and-sound model, small enough for one processor core.

It knows the procedural film set's world only, and says so in its model card.
"""
