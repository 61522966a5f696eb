"""Reads that span tables, a module per noun. They change nothing and know no HTTP."""
