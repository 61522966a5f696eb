"""Measurements of the running platform, on real services: `python -m benchmarks`, or one file of it alone.

Each draws a table on standard error and prints one JSON object as its last line. Nothing here asserts; what must
hold is in the tests, what was reached is in docs/figures/benchmarks.md.
"""

import os

import django

import tests.services  # noqa: F401 - points the settings at a database and a bucket of this process, as it does for tests

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as every worker has it (config.programs)
django.setup()
