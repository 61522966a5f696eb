"""The HTTP face of rewards."""
