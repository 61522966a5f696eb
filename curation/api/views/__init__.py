"""Views: load, one call, answer. One action per address."""
