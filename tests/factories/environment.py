"""`python -m tests.factories.environment`: a child that tells which environment it was started with."""

import os

if __name__ == "__main__":
    print("\n".join(f"{name}={value}" for name, value in os.environ.items()))
