"""Django management commands; each translates in and calls once."""
