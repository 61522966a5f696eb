"""Writing a key into an encrypted file (Web3 Secret Storage, version 3)."""

import json
import os
from pathlib import Path

from eth_account import Account

from rewards.chain.signers import DEVELOPMENT_PASSWORD

# What everybody can open need not be slow to open.
DEVELOPMENT_ROUNDS = 1_000
ROUNDS = 1_000_000


def write_keystore(path: Path, private_key: bytes, password: str) -> None:
    """Put the key there, readable by this user alone; a file that is there already is kept, whoever was first."""
    rounds = DEVELOPMENT_ROUNDS if password == DEVELOPMENT_PASSWORD else ROUNDS
    text = json.dumps(Account.encrypt(private_key, password, kdf="pbkdf2", iterations=rounds))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(partial, path)  # fails where another was first
    except FileExistsError:
        pass
    finally:
        partial.unlink()
