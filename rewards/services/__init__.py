"""Writes to the ledger and to what is recorded about facts: a function per verb, one transaction each."""
