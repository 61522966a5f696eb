"""Background work of this room. Each task claims rows itself and is safe to run twice at once."""
