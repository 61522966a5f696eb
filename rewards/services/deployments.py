"""The chain that is configured, the key that publishes there, and the distributor that payouts go through."""

from datetime import datetime
from functools import cache
from pathlib import Path

import structlog
from django.conf import settings
from eth_account import Account
from web3.types import RPCEndpoint

from rewards.chain.contract import DistributorContract
from rewards.chain.deployment import Roles, contract_address, distributor_code, token_code
from rewards.chain.fees import first_offer
from rewards.chain.keystores import write_keystore
from rewards.chain.node import Node
from rewards.chain.signers import DEVELOPMENT_PASSWORD, KeySigner, is_local, open_keystore
from rewards.models import Distributor
from rewards.services.sender import Line

log = structlog.get_logger(__name__)

TOKEN = 10**18
LOCAL_SUPPLY_WEI = 10**9 * TOKEN
LOCAL_MAX_PER_EPOCH_WEI = 10**6 * TOKEN
LOCAL_DELAY_S = 5
LOCAL_GAS_MONEY_WEI = 100 * TOKEN
CREATION_GAS = 5_000_000


def line() -> Line:
    """The publishing key on the configured chain.

    Raises:
        NodeFailed: The chain does not answer.
        SignerUnusable: The key cannot be used; the message says what to do.
    """
    node = Node(settings.CHAIN_RPC_URL)
    chain_id = node.chain_id()
    return Line(
        node,
        _signer(settings.CHAIN_KEYSTORE, chain_id, settings.CHAIN_RPC_URL),
        chain_id,
        max_fee_wei=settings.CHAIN_MAX_FEE_WEI,
        confirmations=settings.CHAIN_CONFIRMATIONS,
    )


def in_use(line: Line, *, now: datetime) -> Distributor | None:
    """The distributor that payouts go through; None until there is one.

    A local chain gets its contracts by and by: each call does the next thing that is missing.
    """
    found = Distributor.objects.filter(in_use=True).first()
    if found is None and is_local(line.chain_id, settings.CHAIN_RPC_URL):
        found = _deploy_locally(line, now=now)
    return found


def contract_of(line: Line, distributor: Distributor) -> DistributorContract:
    return DistributorContract(line.node.web3, bytes.fromhex(distributor.address[2:]))


def _deploy_locally(line: Line, *, now: datetime) -> Distributor | None:
    """Token and distributor as the key's first two transactions, so that none can be made twice."""
    sender = line.sender
    done = line.node.next_nonce(sender)
    codes = [
        token_code(treasury=sender, supply_wei=LOCAL_SUPPLY_WEI),
        distributor_code(
            token=contract_address(sender, 0),
            roles=Roles(admin=sender, publisher=sender, guardian=sender),
            admin_delay_s=0,
            activation_delay_s=LOCAL_DELAY_S,
            max_per_epoch_wei=LOCAL_MAX_PER_EPOCH_WEI,
        ),
    ]
    if done < len(codes):
        line.node.web3.provider.make_request(RPCEndpoint("anvil_setBalance"), [sender, hex(LOCAL_GAS_MONEY_WEI)])
        for nonce in range(done, len(codes)):
            line.node.broadcast(_creation(line, nonce, codes[nonce]))
    if line.node.next_nonce(sender, at="finalized") < len(codes):
        return None
    row, made = Distributor.objects.get_or_create(
        chain_id=line.chain_id,
        address=contract_address(sender, 1),
        defaults={
            "token": contract_address(sender, 0),
            "deployed_block": 0,
            "activation_delay_s": LOCAL_DELAY_S,
            "max_per_epoch_wei": LOCAL_MAX_PER_EPOCH_WEI,
            "claims_read_to": 0,
            "created_at": now,
        },
    )
    if made:
        log.info("distributor_deployed", address=row.address, token=row.token)
    return row


def _creation(line: Line, nonce: int, code: bytes) -> bytes:
    node = line.node
    fees = first_offer(
        base_fee_wei=node.base_fee_wei(), priority_fee_wei=node.priority_fee_wei(), cap_wei=line.max_fee_wei
    )
    return line.signer.sign(
        {
            "type": 2,
            "chainId": line.chain_id,
            "nonce": nonce,
            "value": 0,
            "data": code,
            "gas": CREATION_GAS,
            "maxFeePerGas": fees.max_fee_wei,
            "maxPriorityFeePerGas": fees.priority_fee_wei,
        }
    )


@cache
def _signer(keystore: str, chain_id: int, rpc_url: str) -> KeySigner:
    if keystore:
        return open_keystore(Path(keystore), settings.CHAIN_KEYSTORE_PASSWORD, chain_id=chain_id, rpc_url=rpc_url)
    path = settings.VAR / "chain" / "publisher.json"
    if not path.exists() and is_local(chain_id, rpc_url):
        write_keystore(path, bytes(Account.create().key), DEVELOPMENT_PASSWORD)
    return open_keystore(path, DEVELOPMENT_PASSWORD, chain_id=chain_id, rpc_url=rpc_url)
