"""Fine-tunes a video model on an exported dataset version: one process, one JSON job, no database.

It refuses a job it cannot finish well (nothing usable, not enough memory, another configuration than the
checkpoint it would resume) before it spends time on it, and names what was wrong.
"""
