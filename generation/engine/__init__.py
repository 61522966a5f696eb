"""Makes one clip with sound from one JSON job, with or without a LoRA adapter: one process, no database.

It refuses what the model cannot do, and an adapter that was made for other weights, by name.
"""
