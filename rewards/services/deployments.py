"""The chain that is configured, the key that publishes there, and the distributor that payouts go through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import structlog
from botocore.config import Config
from django.conf import settings
from django.db import connection, transaction
from eth_account import Account

from common import ethereum
from common.errors import DomainError
from common.ids import uuid7
from rewards.chain.contract import DistributorContract
from rewards.chain.deployment import Roles, created_address, creation, distributor_code, token_code
from rewards.chain.keystores import write_keystore
from rewards.chain.node import Node
from rewards.chain.signers import (
    DEVELOPMENT_PASSWORD,
    TEST_CHAIN_IDS,
    KmsSigner,
    Signer,
    SignerUnusable,
    check_may_cost,
    is_local,
    open_keystore,
)
from rewards.lifecycle import IntentKind, IntentStatus
from rewards.models import Distributor, PayoutIntent
from rewards.services import outbox, sender
from rewards.services.sender import Line

log = structlog.get_logger(__name__)

TOKEN = 10**18
LOCAL_SUPPLY_WEI = 10**9 * TOKEN
LOCAL_MAX_PER_EPOCH_WEI = 10**6 * TOKEN
LOCAL_DELAY_S = 5
LOCAL_GAS_MONEY_WEI = 100 * TOKEN
ADMIN_DELAY_S = 3 * 24 * 3600
# What of a plan is a number -> the least and the most that the contract, and the row that tells of it, can keep.
RANGES = {"max_per_epoch_wei": (1, 2**128 - 1), "activation_delay_s": (0, 2**31 - 1)}
KMS_LIMITS = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 3})


class DistributorExists(DomainError):
    """There is one already, or it is being created."""

    code = "distributor_exists"


class DeploymentIncomplete(DomainError):
    """Something of what is for ever was not said, or cannot be."""

    code = "deployment_incomplete"


@dataclass(frozen=True)
class Plan:
    """What a distributor is to be; all of it is for ever, but for who holds the roles.

    Attributes:
        token: Address of the token that is paid; None creates a SlateToken that the publisher holds.
    """

    roles: Roles
    max_per_epoch_wei: int
    activation_delay_s: int
    admin_delay_s: int = ADMIN_DELAY_S
    token: str | None = None


def line() -> Line:
    """The publishing key on the configured chain.

    Raises:
        NodeFailed: The chain does not answer.
        SignerUnusable: The chain is another, or the key cannot be used; the message says what to do.
    """
    node = Node(settings.CHAIN_RPC_URL)
    chain_id = node.chain_id()
    if chain_id != settings.CHAIN_ID:
        raise SignerUnusable(
            f"CHAIN_RPC_URL is chain {chain_id}, CHAIN_ID is {settings.CHAIN_ID}. Nothing is sent before they agree."
        )
    check_may_cost(chain_id=chain_id, rpc_url=settings.CHAIN_RPC_URL, said=settings.CHAIN_MAINNET_CONFIRM)
    return Line(
        node,
        _signer(settings.CHAIN_KEYSTORE, settings.CHAIN_KMS_KEY_ID, chain_id, settings.CHAIN_RPC_URL),
        chain_id,
        max_fee_wei=settings.CHAIN_MAX_FEE_WEI,
        confirmations=settings.CHAIN_CONFIRMATIONS,
    )


def in_use(line: Line, *, now: datetime) -> Distributor | None:
    """The distributor that payouts go through; None until there is one.

    One that was asked for is created by and by: each call does what can be done now. A local chain asks by itself.

    Raises:
        NodeFailed, AnotherSender: Nothing is lost.
    """
    local = is_local(line.chain_id, settings.CHAIN_RPC_URL)
    if local and line.node.balance_wei(line.sender) < LOCAL_GAS_MONEY_WEI // 10:
        line.node.give_gas_money(line.sender, LOCAL_GAS_MONEY_WEI)
    found = Distributor.objects.filter(in_use=True).first()
    if found is not None:
        return found
    if local and _under_way() is None:
        ask_for(line, local_plan(line), now=now)
    sender.run(line, clock=lambda: now)
    return _put_in_use()


def contract_of(line: Line, distributor: Distributor) -> DistributorContract:
    return DistributorContract(line.node.web3, bytes.fromhex(distributor.address[2:]))


def local_plan(line: Line) -> Plan:
    """One key has all roles, and nothing takes long."""
    roles = Roles(admin=line.sender, publisher=line.sender, guardian=line.sender)
    return Plan(roles, LOCAL_MAX_PER_EPOCH_WEI, LOCAL_DELAY_S, admin_delay_s=0)


def plan_of(line: Line, said: Mapping[str, Any]) -> Plan:
    """What an operator wants: a local chain's plan with what they said instead.

    Args:
        said: `token`, `admin`, `guardian`, `max_per_epoch_wei`, `activation_delay_s`; None where nothing was said.

    Raises:
        DeploymentIncomplete: Off local chains it must all be said, and roles must be apart; or a number or an address
            makes no sense.
        ethereum.BadAddress: One is malformed, or the zero address.
    """
    local = is_local(line.chain_id, settings.CHAIN_RPC_URL)
    needed = ("admin", "guardian", "max_per_epoch_wei", "activation_delay_s")
    missing = [f"--{name.replace('_', '-')}" for name in needed if said[name] is None]
    if missing and not local:
        raise DeploymentIncomplete(f"Say {', '.join(missing)} too: on chain {line.chain_id} they are for ever.")
    if said["token"] is None and not local and line.chain_id not in TEST_CHAIN_IDS:
        raise DeploymentIncomplete("Say --token: SlateToken is play money, for local and test chains.")
    _check_numbers(said)
    _check_addresses(line, said, local=local)
    default = local_plan(line)
    return Plan(
        Roles(said["admin"] or line.sender, line.sender, said["guardian"] or line.sender),
        said["max_per_epoch_wei"] or default.max_per_epoch_wei,
        default.activation_delay_s if said["activation_delay_s"] is None else said["activation_delay_s"],
        admin_delay_s=0 if local else ADMIN_DELAY_S,
        token=said["token"],
    )


def _check_numbers(said: Mapping[str, Any]) -> None:
    for name, (least, most) in RANGES.items():
        if said[name] is not None and not least <= said[name] <= most:
            option = f"--{name.replace('_', '-')}"
            raise DeploymentIncomplete(f"{option} is {said[name]}: give a whole number from {least} to {most}.")


def _check_addresses(line: Line, said: Mapping[str, Any], *, local: bool) -> None:
    given = [said[name] for name in ("token", "admin", "guardian") if said[name] is not None]
    for one in given:
        if ethereum.address(one) != one:
            raise DeploymentIncomplete(f"{one} has no checksum (EIP-55): copy it from the wallet, as it is for ever.")
    if not local and line.sender in given:
        raise DeploymentIncomplete(
            f"{line.sender} is the publishing key: admin and guardian must be others, to keep it in check."
        )
    if said["token"] is not None and not line.node.has_code(said["token"], at=line.node.newest_block()):
        raise DeploymentIncomplete(f"There is no contract at --token {said['token']} on chain {line.chain_id}.")


@transaction.atomic
def ask_for(line: Line, plan: Plan, *, now: datetime) -> Distributor:
    """The distributor to be, with what creates it and its token put into the outbox.

    The salt is the row's own id, so the addresses are known before anything is sent, and sending twice creates once.

    Raises:
        DistributorExists: One is in use, or under way; give it up first (`in_use` of its row, by hand).
    """
    _one_at_a_time()
    existing = Distributor.objects.filter(in_use=True).first() or _under_way()
    if existing is not None:
        raise DistributorExists(f"Chain {existing.chain_id} has the distributor {existing.address} already.")
    row_id = uuid7()
    salt = row_id.bytes.rjust(32, b"\0")
    token = creation(token_code(treasury=line.sender, supply_wei=LOCAL_SUPPLY_WEI), salt=salt)
    token_address = plan.token or created_address(token)
    code = distributor_code(
        token=token_address,
        roles=plan.roles,
        admin_delay_s=plan.admin_delay_s,
        activation_delay_s=plan.activation_delay_s,
        max_per_epoch_wei=plan.max_per_epoch_wei,
    )
    call = creation(code, salt=salt)
    row = Distributor.objects.create(
        id=row_id,
        chain_id=line.chain_id,
        address=created_address(call),
        token=token_address,
        deployed_block=0,
        activation_delay_s=plan.activation_delay_s,
        max_per_epoch_wei=plan.max_per_epoch_wei,
        in_use=False,
        claims_read_to=0,
        created_at=now,
    )
    if plan.token is None:
        outbox.enqueue(distributor=row, epoch=None, kind=IntentKind.TOKEN, call=token, now=now)
    after_it = now + timedelta(microseconds=1)  # intents are sent in the order of their times
    outbox.enqueue(distributor=row, epoch=None, kind=IntentKind.DISTRIBUTOR, call=call, now=after_it)
    return row


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('rewards.deployments'))")


def _under_way() -> Distributor | None:
    creations = PayoutIntent.objects.filter(kind=IntentKind.DISTRIBUTOR, distributor__in_use=False)
    open_one = creations.exclude(status=IntentStatus.FAILED).filter(distributor__deployed_block=0).first()
    return open_one.distributor if open_one else None


def _put_in_use() -> Distributor | None:
    """The distributor under way, if its creation is final now."""
    row = _under_way()
    if row is None:
        return None
    created = row.intents.filter(kind=IntentKind.DISTRIBUTOR, status=IntentStatus.FINAL).first()
    if created is None or created.block_number is None:
        return None
    row.in_use, row.deployed_block, row.claims_read_to = True, created.block_number, created.block_number
    row.save(update_fields=["in_use", "deployed_block", "claims_read_to"])
    log.info("distributor_in_use", address=row.address, token=row.token)
    return row


@cache
def _signer(keystore: str, kms_key_id: str, chain_id: int, rpc_url: str) -> Signer:
    if keystore and kms_key_id:
        raise SignerUnusable("CHAIN_KEYSTORE and CHAIN_KMS_KEY_ID are both set. Keep the one whose key publishes.")
    if kms_key_id:
        return KmsSigner(boto3.client("kms", config=KMS_LIMITS), kms_key_id)
    if keystore:
        return open_keystore(Path(keystore), settings.CHAIN_KEYSTORE_PASSWORD, chain_id=chain_id, rpc_url=rpc_url)
    path = settings.VAR / "chain" / "publisher.json"
    if not path.exists() and is_local(chain_id, rpc_url):
        write_keystore(path, bytes(Account.create().key), DEVELOPMENT_PASSWORD)
    return open_keystore(path, DEVELOPMENT_PASSWORD, chain_id=chain_id, rpc_url=rpc_url)
