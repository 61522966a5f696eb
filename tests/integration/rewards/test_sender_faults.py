"""What the sender does when node or chain fail it: each step once, or nothing more with a reason that has a name."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from pytest_django.fixtures import Settings

from rewards.chain.node import Node, NodeFailed
from rewards.lifecycle import IntentKind, IntentStatus
from rewards.models import ChainAttempt, ChainTx, PayoutIntent
from rewards.services import deployments, outbox, sender
from tests.factories import rpc_proxy
from tests.factories.chain import ETHER, PUBLISHER, STRANGER
from tests.factories.desk import AMOUNT_WEI, Desk, line_to
from tests.factories.rpc_proxy import Fault, proxy_to

deep = pytest.mark.deep


def test_bytes_that_the_node_took_before_it_fell_silent_are_not_signed_again(desk: Desk) -> None:
    desk.fund()
    with proxy_to(desk.deployed.chain.url) as proxy:
        desk.line = line_to(proxy.url, timeout_s=1)
        proxy.breaks("eth_sendRawTransaction", proxy.times_out_after_accepting)
        desk.look()
        assert "Nobody knows whether the chain took it" in desk.alerts()[0]
        proxy.heals()
        desk.until_settled()
    desk.assert_once()
    assert ChainAttempt.objects.count() == 1
    assert desk.alerts() == []


@deep
def test_nothing_is_shown_before_it_is_saved(desk: Desk) -> None:
    desk.fund()
    known = []

    def is_it_known(request: rpc_proxy.Request, forward: rpc_proxy.Forward) -> rpc_proxy.Answer:
        # In a thread of its own, so through another session: it sees what is committed.
        raw = bytes.fromhex(request["params"][0].removeprefix("0x"))
        known.append(ChainAttempt.objects.filter(raw=raw).exists())
        connections.close_all()
        return forward(request)

    with proxy_to(desk.deployed.chain.url) as proxy:
        desk.line = line_to(proxy.url)
        proxy.breaks("eth_sendRawTransaction", is_it_known)
        desk.until_settled()
    assert known == [True]


@deep
@pytest.mark.parametrize(
    "fault", [rpc_proxy.closes, rpc_proxy.loses, rpc_proxy.takes_twice, rpc_proxy.says_error, rpc_proxy.says_rubbish]
)
def test_whatever_becomes_of_the_bytes_the_same_are_sent_until_they_are_in_a_block(desk: Desk, fault: Fault) -> None:
    desk.fund()
    with proxy_to(desk.deployed.chain.url) as proxy:
        desk.line = line_to(proxy.url)
        proxy.breaks("eth_sendRawTransaction", fault)
        desk.look()
        proxy.heals()
        desk.until_settled()
    desk.assert_once()
    assert ChainAttempt.objects.count() == 1


@deep
@pytest.mark.parametrize("method", ["eth_getTransactionReceipt", "eth_getBlockByNumber"])
@pytest.mark.parametrize("fault", [rpc_proxy.closes, rpc_proxy.says_error, rpc_proxy.says_rubbish])
def test_no_answer_is_not_taken_for_one(desk: Desk, method: str, fault: Fault) -> None:
    desk.fund()
    desk.look()
    desk.deployed.chain.make_final()
    with proxy_to(desk.deployed.chain.url) as proxy:
        desk.line = line_to(proxy.url)
        proxy.breaks(method, fault)
        for _ in range(3):
            with pytest.raises(NodeFailed):
                desk.look()
        assert PayoutIntent.objects.get().status == IntentStatus.SENT
        proxy.heals()
        desk.until_settled()
    desk.assert_once()


def test_a_node_without_receipts_stops_the_next_step_and_settles_nothing(desk: Desk) -> None:
    first = desk.fund()
    desk.look()
    desk.deployed.chain.make_final()
    second = desk.fund(ETHER, batch=1)
    with proxy_to(desk.deployed.chain.url) as proxy:
        desk.line = line_to(proxy.url)
        proxy.breaks("eth_getTransactionReceipt", rpc_proxy.says_null)
        desk.look()
        desk.look()
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.status, second.status) == (IntentStatus.SENT, IntentStatus.WAITING)
        assert desk.alerts() == [], "the chain itself says that the bytes of this nonce are ours"
        proxy.heals()
        desk.until_settled()
    desk.assert_once(AMOUNT_WEI + ETHER, intents=2)


@deep
def test_a_stale_node_makes_nothing_new(desk: Desk) -> None:
    desk.fund()
    desk.until_settled()
    waiting = desk.fund(ETHER, batch=1)
    with proxy_to(desk.deployed.chain.url) as proxy:
        desk.line = line_to(proxy.url)
        proxy.breaks("eth_getTransactionCount", rpc_proxy.one_behind)
        desk.look()
        waiting.refresh_from_db()
        assert waiting.status == IntentStatus.WAITING
        assert ChainAttempt.objects.count() == 1
        proxy.heals()
        desk.until_settled()
    desk.assert_once(AMOUNT_WEI + ETHER, intents=2)


@deep
def test_a_key_without_money_for_gas_is_named(desk: Desk) -> None:
    desk.deployed.chain.call("anvil_setBalance", PUBLISHER.address, "0x1")
    desk.fund()
    desk.look()
    assert "cannot pay for gas" in desk.alerts()[0]
    desk.deployed.chain.give_gas(PUBLISHER.address)
    desk.until_settled()
    desk.assert_once()


@deep
def test_two_senders_send_each_thing_once(desk: Desk) -> None:
    for batch in range(4):
        desk.fund(ETHER, batch=batch)
    refused = []

    def send() -> None:
        for _ in range(8):
            try:
                sender.run(line_to(desk.deployed.chain.url), clock=lambda: desk.now)
            except sender.AnotherSender:
                refused.append(1)
        connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desk.until_settled()
    desk.assert_once(4 * ETHER, intents=4)
    assert ChainAttempt.objects.count() == 4


def test_a_second_sender_is_turned_away(desk: Desk) -> None:
    desk.fund()
    told: list[str] = []

    def other() -> None:
        try:
            sender.run(line_to(desk.deployed.chain.url), clock=lambda: desk.now)
        except sender.AnotherSender as error:
            told.append(str(error))
        connections.close_all()

    with sender.alone(desk.line):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert PUBLISHER.address in told[0]
    assert ChainTx.objects.count() == 0


@deep
@pytest.mark.parametrize("instead", [True, False], ids=["instead of ours", "beyond ours"])
def test_a_strangers_nonce_stops_everything_until_the_operator_adopts_it(
    desk: Desk, instead: bool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = desk.deployed.chain
    settings.CHAIN_RPC_URL = chain.url
    monkeypatch.setattr(deployments, "_signer", lambda *_: PUBLISHER)
    desk.fund()
    desk.look()
    if instead:
        chain.call("anvil_reorg", 1, [])
    stolen = chain.send(PUBLISHER, to=STRANGER.address, data=b"")
    desk.look()
    chain.make_final()
    desk.fund(ETHER, batch=1)
    desk.look()
    assert all("was not signed here" in alert for alert in desk.alerts())
    assert len(desk.alerts()) == (2 if instead else 1)
    assert desk.deployed.node.next_nonce(PUBLISHER.address) == int(stolen["status"], 16) + (0 if instead else 1)
    call_command("chain", "adopt-nonces")
    desk.until_settled()
    desk.assert_once(AMOUNT_WEI + ETHER, intents=2)
    with pytest.raises(CommandError, match="No final transaction of a stranger's"):
        call_command("chain", "adopt-nonces")


@deep
def test_a_session_that_postgres_ends_midway_is_taken_up_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a restart does it to a client: the session ends between the node's answer and ours."""
    desk.fund()
    broadcast = Node.broadcast

    def and_restart(self: Node, raw: bytes) -> object:
        said = broadcast(self, raw)
        ours = connection.connection.info.backend_pid
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [ours])
        other.close()
        return said

    monkeypatch.setattr(Node, "broadcast", and_restart)
    with pytest.raises(Exception, match=r"terminat|closed"):
        desk.look()
    monkeypatch.undo()
    connection.close()
    desk.until_settled()
    desk.assert_once()
    assert ChainAttempt.objects.count() == 1


def test_what_publishing_pauses_is_held_back_and_claims_go_on(desk: Desk) -> None:
    held, contract = desk.fund(), desk.deployed.contract
    desk.distributor.paused_at, desk.distributor.pause_reason = desk.now, "ledger and chain differ"
    desk.distributor.save()
    going_on = outbox.enqueue(
        distributor=desk.distributor, epoch=None, kind=IntentKind.CLAIM_MANY, call=contract.fund(ETHER), now=desk.now
    )
    desk.look()
    held.refresh_from_db()
    going_on.refresh_from_db()
    assert (held.status, going_on.status) == (IntentStatus.WAITING, IntentStatus.SENT)
