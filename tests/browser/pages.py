"""Every page of the web app: whose it is, its address, and how to find what it shows on a given platform."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from openslate import Client
from tests.services import REPO

ROUTES = REPO / "frontend" / "src" / "app" / "routes"
ROUTE = re.compile(r"""page\(\s*"([^"]+)\"""")
BENEATH = re.compile(r"""^  "?([\w/:-]+)"?: \(\) => import""", re.MULTILINE)  # a file's routes below its own name
STRANGER = ""
STUDIO_STEPS = ("scene", "images", "sound", "camera", "light", "clip", "rights")
ACCOUNT_TABS = ("profile", "security", "wallets", "notifications", "tokens")
OPERATOR_PAGES = (
    "platform", "payouts", "campaigns", "gates", "calibrations", "gold", "disputes", "people", "reports", "audit",
)  # fmt: skip
# Pictures below the window's edge are loaded too, though they are lazy.
READY = """() => {
  for (const image of document.images) image.loading = "eager";
  return document.fonts.status === "loaded" && !document.querySelector("[data-loading]")
    && [...document.images].every((image) => image.complete);
}"""
# What moves to an end has reached it, such as colours after a change of theme.
AT_REST = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
  await Promise.all(ending.map((one) => one.finished.catch(() => null)));
  await frame();
}"""
PATIENCE_MS = 20_000


@dataclass(frozen=True)
class Shown:
    """One page as a person meets it.

    Attributes:
        name: What its pictures are called.
        address: Its path; `{campaign}` and the like are filled with what `found_on` finds.
        role: Who opens it; empty for a stranger.
        on_phone: Whether it is one of those that people mostly open on a phone.
    """

    name: str
    address: str
    role: str = STRANGER
    on_phone: bool = False


PAGES = (
    Shown("landing", "/", on_phone=True),
    Shown("sign-in", "/sign-in", on_phone=True),
    Shown("sign-up", "/sign-up", on_phone=True),
    Shown("verify-email", "/verify-email"),
    Shown("second-factor", "/second-factor"),
    Shown("first-passkey", "/first-passkey"),
    Shown("reset-password", "/reset-password"),
    Shown("nothing-here", "/no-such-page"),
    Shown("not-allowed", "/operator", "contributor"),
    Shown("campaigns", "/campaigns", "contributor", on_phone=True),
    Shown("campaign", "/campaigns/{campaign}", "contributor", on_phone=True),
    Shown("campaign-asking", "/campaigns/{asking}", "contributor"),
    Shown("contribute", "/campaigns/{campaign}/contribute", "contributor"),
    *(Shown(f"studio-{step}", f"/contribute/{{draft}}?step={step}", "contributor", True) for step in STUDIO_STEPS),
    Shown("work", "/work", "contributor", on_phone=True),
    Shown("work-accepted", "/work/{accepted}", "contributor", on_phone=True),
    Shown("work-rejected", "/work/{rejected}", "contributor"),
    Shown("notifications", "/notifications", "contributor", on_phone=True),
    Shown("earnings", "/earnings", "contributor", on_phone=True),
    *(Shown(f"account-{tab}", f"/account?tab={tab}", "contributor", tab == "profile") for tab in ACCOUNT_TABS),
    Shown("review", "/review", "reviewer", on_phone=True),
    Shown("review-desk", "/review/desk", "reviewer", on_phone=True),
    Shown("dispute", "/review/disputes/{dispute}", "reviewer"),
    Shown("explore", "/explore", "engineer", on_phone=True),
    Shown("explore-sample", "/explore/samples/{sample}", "engineer"),
    Shown("explore-coverage", "/explore/coverage", "engineer"),
    Shown("explore-datasets", "/explore/datasets", "engineer"),
    Shown("explore-freeze", "/explore/freeze", "engineer"),
    Shown("version", "/explore/versions/{version}", "engineer"),
    Shown("runs", "/runs", "engineer", on_phone=True),
    Shown("run-new", "/runs/new", "engineer"),
    Shown("run", "/runs/{run}", "engineer"),
    Shown("run-compare", "/runs/compare?run={run}", "engineer"),
    Shown("generate", "/generate", "engineer", on_phone=True),
    Shown("generation", "/generations/{generation}", "engineer"),
    Shown("arena", "/arena", "engineer", on_phone=True),
    Shown("campaign-new", "/campaigns/new", "operator"),
    Shown("campaign-edit", "/campaigns/{campaign}/edit", "operator"),
    *(Shown(f"operator-{name}", f"/operator/{name}", "operator", name == "platform") for name in OPERATOR_PAGES),
    Shown("operator-policy", "/operator/gates/{policy}", "operator"),
    Shown("operator-person", "/operator/people/{person}", "operator"),
)


def settle(page: Page) -> None:
    """Wait until the page shows its first data: fonts and pictures are there, no placeholder is left."""
    page.get_by_role("heading", level=1).first.wait_for(timeout=PATIENCE_MS)
    page.wait_for_function(READY, timeout=PATIENCE_MS)
    page.evaluate(AT_REST)


class NothingToShow(Exception):
    """The platform holds nothing of a kind that a page is about."""


def found_on(clients: Mapping[str, Client]) -> dict[str, str]:
    """What the addresses are filled with, from what the people in these roles see.

    Raises:
        NothingToShow: Naming what is missing.
    """
    contributor, engineer, operator = clients["contributor"], clients["engineer"], clients["operator"]
    own = list(contributor.submissions(mine="true"))
    made = engineer.transport.each
    versions = (one for kept in engineer.datasets() for one in made(f"datasets/{kept['id']}/versions"))

    def of(status: str) -> str:
        return _first(f"{status} submission", (one for one in own if one["status"] == status))

    return {
        "campaign": str(next(one for one in own if one["status"] == "accepted")["campaign"]),
        "asking": _first(
            "campaign with a quiz", (one for one in contributor.campaigns() if one["quiz_passed"] is False)
        ),
        **{status: of(status) for status in ("draft", "accepted", "rejected")},
        "dispute": _first("dispute", clients["reviewer"].transport.each("disputes")),
        "sample": _first("sample", engineer.samples()),
        "version": _first("version", versions),
        "policy": _first("policy", operator.transport.each("policies")),
        "person": _first("person", operator.transport.each("people")),
        "run": _first("run", made("runs")),
        "generation": _first("clip", made("generations")),
    }


def _first(what: str, found: Iterable[Mapping[str, Any]]) -> str:
    for one in found:
        return str(one["id"])
    raise NothingToShow(f"There is no {what} on this platform; run the demonstration on it first.")


def unlisted_routes() -> Iterator[str]:
    """Routes of the app that no page of the table is an address of."""
    addresses = [shown.address.split("?")[0].strip("/") for shown in PAGES]
    for file in sorted(ROUTES.glob("*.ts")):
        text = file.read_text()
        for route in [*ROUTE.findall(text), *(f"{file.stem}/{path}" for path in BENEATH.findall(text))]:
            pattern = re.compile(re.sub(r":\w+", r"[^/]+", route.removesuffix("/")))
            if not any(pattern.fullmatch(address) for address in addresses):
                yield route
