"""A wallet in the browser (EIP-1193), as an extension injects it: its key signs here, its calls go to the chain."""

from __future__ import annotations

import json
from typing import Any

from eth_account.messages import encode_defunct
from playwright.sync_api import BrowserContext

from demo import payouts
from tests.browser.platform import Platform

INJECTED = "window.ethereum = { request: ({ method, params }) => window.askWallet(method, params ?? []) };"


class InjectedWallet(payouts.Wallet):
    """One account, on the platform's own chain; whatever it is asked, its person agrees."""

    def __init__(self, platform: Platform, name: str) -> None:
        port = json.loads((platform.var / "services.json").read_text())["ports"]["anvil"]
        super().__init__(platform.var / "wallets" / name, f"http://127.0.0.1:{port}")

    def install(self, context: BrowserContext) -> InjectedWallet:
        context.expose_function("askWallet", self.answer)
        context.add_init_script(INJECTED)
        return self

    def answer(self, method: str, parameters: list[Any]) -> Any:
        match method:
            case "eth_requestAccounts":
                return [self.address.lower()]
            case "personal_sign":
                return f"0x{self._account.sign_message(encode_defunct(hexstr=parameters[0])).signature.hex()}"
            case "eth_signTypedData_v4":
                return self.sign(json.loads(parameters[1]))
            case "eth_sendTransaction":
                return self.send(parameters[0]["to"], parameters[0]["data"])
            case _:
                return self._ask(method, *parameters)
