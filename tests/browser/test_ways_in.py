"""Passkeys, wallets, one-time codes and a forgotten password: every way in that is not just a password."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.mail import newest_code
from tests.browser.platform import PASSWORD, Platform
from tests.browser.wallet import InjectedWallet

AT_THE_BOARD = re.compile("/campaigns$")
PHONE_WITH_A_FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
STEP_S = 30


def add_authenticator(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_WITH_A_FINGERPRINT})


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Account and settings").click()
    page.get_by_role("menuitem", name="Sign out").click()
    page.get_by_role("link", name="Sign in").first.wait_for()


def sign_in_by_password(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove(page: Page) -> None:
    """What secures the account is changed by who proves anew that it is theirs."""
    dialog = page.get_by_role("dialog", name="Confirm that it is you")
    expect(dialog.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    dialog.get_by_role("button", name="Confirm").click()


def test_a_passkey_made_in_the_account_signs_in(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page = visitor.sign_in("paul", "contributor")
    add_authenticator(page)
    visitor.open("/account?tab=security")
    page.get_by_role("button", name="Make a passkey").click()
    prove(page)
    expect(page.get_by_text("Passkey 1")).to_be_visible()
    sign_out(page)
    visitor.open("/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(AT_THE_BOARD)


@pytest.mark.deep
def test_a_stranger_signs_up_with_a_passkey_and_no_password(visit: Callable[..., Visitor], platform: Platform) -> None:
    visitor = visit()
    page = visitor.open("/sign-up")
    add_authenticator(page)
    page.get_by_label("E-mail").fill("keyed@example.org")
    page.get_by_role("button", name="Create it with a passkey instead").click()
    code = page.get_by_label("Code from the e-mail")
    code.wait_for()
    code.fill(newest_code(platform.var / "mail", "keyed@example.org"))
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name="Make a passkey").click()
    expect(page).to_have_url(AT_THE_BOARD)


def test_a_linked_wallet_signs_in_by_a_signature(visit: Callable[..., Visitor], platform: Platform) -> None:
    visitor = visit()
    wallet = InjectedWallet(platform, "walter").install(visitor.context)
    page = visitor.sign_in("walter", "contributor")
    visitor.open("/account?tab=wallets")
    page.get_by_role("button", name="Link Browser wallet").click()
    expect(page.get_by_text(wallet.address).first).to_be_visible()
    sign_out(page)
    visitor.open("/sign-in")
    page.get_by_role("button", name="Sign in with Browser wallet").click()
    expect(page).to_have_url(AT_THE_BOARD)


@pytest.mark.deep
def test_a_forgotten_password_is_replaced_by_a_code_from_the_mail(
    visit: Callable[..., Visitor], platform: Platform
) -> None:
    email, new = platform.person("frieda", "contributor"), "another long and quiet sentence"
    page = visit().open("/reset-password")
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Send a code").click()
    code = page.get_by_label("Code from the e-mail")
    code.wait_for()
    code.fill("AAAA-BBBB")
    page.get_by_label("New password").fill(new)
    page.get_by_role("button", name="Set the password").click()
    expect(code).to_have_attribute("aria-invalid", "true")
    code.fill(newest_code(platform.var / "mail", email))
    page.get_by_role("button", name="Set the password").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    sign_in_by_password(page, email, new)
    expect(page).to_have_url(AT_THE_BOARD)


@pytest.mark.deep
def test_a_second_factor_is_asked_for_and_a_recovery_code_stands_in_for_it(
    visit: Callable[..., Visitor], platform: Platform
) -> None:
    visitor = visit()
    page = visitor.sign_in("tilda", "contributor")
    visitor.open("/account?tab=security")
    page.get_by_role("button", name="Set up").click()
    secret = page.locator("code").first.inner_text()
    page.get_by_label("One-time code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // STEP_S)))
    page.get_by_role("button", name="Activate").click()
    prove(page)
    expect(page.get_by_text("Active", exact=True)).to_be_visible()
    page.get_by_role("button", name=re.compile("^Make (recovery codes|new ones)")).click()
    recovery = page.locator("code").first.inner_text().split()[0]
    visitor.assert_accessible()

    for code in (format_hotp_value(hotp_value(secret, int(time.time()) // STEP_S + 1)), recovery):
        sign_out(page)
        visitor.open("/sign-in")
        sign_in_by_password(page, platform.person("tilda", "contributor"), PASSWORD)
        expect(page).to_have_url(re.compile("/second-factor"))
        page.get_by_label("One-time code").fill("000000")
        page.get_by_role("button", name="Confirm").click()
        expect(page.get_by_label("One-time code")).to_have_attribute("aria-invalid", "true")
        page.get_by_label("One-time code").fill(code)
        page.get_by_role("button", name="Confirm").click()
        expect(page).to_have_url(AT_THE_BOARD)
