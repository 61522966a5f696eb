#!/usr/bin/env python
"""Django's command line. `manage.py services up` first, or give addresses in the environment (see README)."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(sys.argv)
