"""axe-core on a page: what it finds, a line each."""

from pathlib import Path

from playwright.sync_api import Page

RUN = """async () => {
  await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)));
  const found = (await axe.run(document, { resultTypes: ["violations"] })).violations;
  const where = (node) => `\\n    ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`;
  return found.map((rule) => `${rule.id}: ${rule.help}${rule.nodes.map(where).join("")}`);
}"""


def violations(page: Page, script: Path) -> list[str]:
    """What breaks a rule of WCAG or axe's best practices, with the elements it is about.

    A page that changes under axe's eyes (a button that is being enabled) is looked at once more.
    """
    page.evaluate(script.read_text())  # through the debugger: the page's own policy of contents stays as it is
    found: list[str] = page.evaluate(RUN) and page.evaluate(RUN)
    return found
