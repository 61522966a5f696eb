"""What the operator asks of the whole platform, across rooms."""
