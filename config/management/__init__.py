"""Commands that start and stop things; what they do is in `config.embedded` and `config.supervisor`."""
