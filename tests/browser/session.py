"""Signing in without the sign-in page, which has tests of its own."""

from playwright.sync_api import Page


def sign_in(page: Page, origin: str, email: str, password: str) -> None:
    """Give the page's browser that person's session."""
    page.goto(f"{origin}/sign-in")
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    answer = page.request.post(
        f"{origin}/_allauth/browser/v1/auth/login",
        data={"email": email, "password": password},
        headers={"X-CSRFToken": token, "Origin": origin, "Referer": f"{origin}/"},
    )
    assert answer.ok, answer.text()
