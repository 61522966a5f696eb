"""Writes to people and tokens: a function per verb, one transaction each."""
