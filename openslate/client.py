"""Everything a person does with OpenSlate, as methods."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openslate import contributions, downloads, uploads
from openslate.errors import ClientError
from openslate.transport import Json, Transport, wait_until

LOGIN = "/_allauth/app/v1/auth/login"
ENDED = {"ready", "failed", "finished", "cancelled", "delivered"}


class Client:
    """One person at one platform.

    `Client(address, token)` with a token made on the account page, or `Client.login(address, email, password)`.
    """

    def __init__(self, address: str, token: str | None = None) -> None:
        self.address, self.token = address, token
        self.transport = Transport(address, token)

    @classmethod
    def login(cls, address: str, email: str, password: str, *, called: str = "openslate client") -> "Client":
        """A client with a fresh token that holds all this person may do.

        Raises:
            ClientError: The password is wrong, or the e-mail address is not verified yet.
        """
        guest = Transport(address)
        response = guest.http.post(LOGIN, json={"email": email, "password": password})
        session = response.json().get("meta", {}).get("session_token") if response.content else None
        if response.is_error or not session:
            raise ClientError(_why_no_login(response.status_code, response.json() if response.content else {}))
        headers = {"X-Session-Token": session}
        token = guest.send("POST", "tokens", json={"name": called}, headers=headers)
        guest.close()
        return cls(address, token["token"])

    def me(self) -> Json:
        return self.transport.get("me")

    # Campaigns and contributions

    def create_campaign(self, **fields: Any) -> Json:
        return self.transport.post("campaigns", fields)

    def edit_campaign(self, campaign_id: str, **fields: Any) -> Json:
        return self.transport.patch(f"campaigns/{campaign_id}", fields)

    def fund_campaign(self, campaign_id: str, amount_wei: int) -> Json:
        return self.transport.post(f"campaigns/{campaign_id}/fund", {"amount_wei": str(amount_wei)})

    def open_campaign(self, campaign_id: str) -> Json:
        return self.transport.post(f"campaigns/{campaign_id}/open")

    def campaigns(self, **filters: Any) -> Iterator[Json]:
        return self.transport.each("campaigns", **filters)

    def upload(self, path: Path, *, progress: uploads.Progress | None = None) -> Json:
        """The file's asset, verified: `ready` or `refused`."""
        asset = uploads.upload(self.transport, path, progress=progress)
        return uploads.verified(self.transport, asset["id"])

    def submit(self, folder: Path, *, campaign: str, progress: uploads.Progress | None = None) -> Json:
        """The submission made of a folder with a `record.json`; repeatable, goes on where it stopped."""
        return contributions.submit(self.transport, folder, campaign=campaign, progress=progress)

    def submission(self, submission_id: str) -> Json:
        """The submission with its record, assets, gate findings and decision."""
        return self.transport.get(f"submissions/{submission_id}")

    def submissions(self, **filters: Any) -> Iterator[Json]:
        return self.transport.each("submissions", **filters)

    def scores(self, submission_id: str) -> Iterator[Json]:
        """Every raw measurement of the current revision."""
        return self.transport.each(f"submissions/{submission_id}/scores")

    def withdraw(self, submission_id: str) -> Json:
        return self.transport.post(f"submissions/{submission_id}/withdraw")

    def wait_for_submission(self, submission_id: str, *, timeout_s: float = 600) -> Json:
        """The submission once its scores are in: waiting for people, refused, or failed."""
        return wait_until(
            lambda: self.submission(submission_id),
            lambda it: it["submission"]["status"] not in {"draft", "submitted"}, timeout_s=timeout_s,
        )  # fmt: skip

    # Reviews

    def next_review(self, campaign: str | None = None) -> Json:
        return self.transport.post("reviews/next", {"campaign": campaign} if campaign else {})

    def cast_review(self, review_id: str, verdict: str, *, reasons: Sequence[str] = (), note: str = "") -> Json:
        body = {"verdict": verdict, "reasons": list(reasons), "note": note}
        return self.transport.post(f"reviews/{review_id}/vote", body)

    # Accepted data

    def samples(self, words: str = "", **filters: Any) -> Iterator[Json]:
        """Accepted samples, the likest to the words first, else the newest; filters as `movement=["dolly_in"]`."""
        cursor: str | None = ""
        while cursor is not None:
            page = self.transport.get("samples", q=words, cursor=cursor, **filters)
            yield from page["results"]
            cursor = page["next"]

    def sample(self, sample_id: str) -> Json:
        """One accepted sample with its record, and links to what is shown of its files."""
        return self.transport.get(f"samples/{sample_id}")

    # Datasets

    def create_dataset(self, name: str, description: str = "") -> Json:
        return self.transport.post("datasets", {"name": name, "description": description})

    def datasets(self) -> Iterator[Json]:
        return self.transport.each("datasets")

    def freeze(self, dataset_id: str, *, selection: Mapping[str, Any] | None = None, timeout_s: float = 3600) -> Json:
        """The new version, once it is ready or failed."""
        version = self.transport.post(f"datasets/{dataset_id}/versions", {"selection": dict(selection or {})})
        return self._ended(f"versions/{version['id']}", timeout_s)

    def export(
        self, version_id: str, *, profile: str = "webdataset", options: Mapping[str, Any] | None = None,
        timeout_s: float = 3600,
    ) -> Json:  # fmt: skip
        """The export, once it is ready or failed."""
        body = {"profile": profile, "options": dict(options or {})}
        export = self.transport.post(f"versions/{version_id}/exports", body)
        return self._ended(f"exports/{export['id']}", timeout_s)

    def export_files(self, export_id: str) -> Iterator[Json]:
        """Name, size, sha256 and a short-lived link of every file."""
        return self.transport.each(f"exports/{export_id}/files")

    def download_export(
        self, export_id: str, folder: Path, *, progress: downloads.Progress | None = None
    ) -> list[Path]:
        return downloads.export(self.transport, export_id, folder, progress=progress)

    # Training and generation

    def train(self, export_id: str, *, base: str = "slate-nano", config: Mapping[str, Any] | None = None) -> Json:
        return self.transport.post("runs", {"export": export_id, "base": base, "config": dict(config or {})})

    def run(self, run_id: str) -> Json:
        return self.transport.get(f"runs/{run_id}")

    def wait_for_run(self, run_id: str, *, timeout_s: float = 24 * 3600) -> Json:
        return self._ended(f"runs/{run_id}", timeout_s)

    def metrics(self, run_id: str, *, after: int = -1) -> list[Json]:
        """Up to 2,000 metrics past a step, in order."""
        rows: Any = self.transport.get(f"runs/{run_id}/metrics", after=after)
        return list(rows)

    def run_samples(self, run_id: str) -> Iterator[Json]:
        """Clips of the same held-out shots at every save, newest first, with short-lived links."""
        return self.transport.each(f"runs/{run_id}/samples")

    def run_log(self, run_id: str, *, after: int = 0) -> list[Json]:
        """Up to 500 lines past one, in order."""
        lines: Any = self.transport.get(f"runs/{run_id}/log", after=after)
        return list(lines)

    def checkpoints(self, run_id: str | None = None) -> Iterator[Json]:
        return self.transport.each("checkpoints", run=run_id)

    def download_adapter(self, checkpoint_id: str, target: Path) -> Path:
        """The weights of a checkpoint as safetensors, checked by their sha256."""
        link = self.transport.get(f"checkpoints/{checkpoint_id}/adapter")
        return downloads.fetch(link["url"], target, sha256=link["sha256"])

    def generate(self, prompt: str, **request: Any) -> Json:
        return self.transport.post("generations", {"prompt": prompt, **request})

    def wait_for_generation(self, generation_id: str, *, timeout_s: float = 3600) -> Json:
        return self._ended(f"generations/{generation_id}", timeout_s)

    def download_clip(self, generation: Mapping[str, Any], target: Path) -> Path:
        link = self.transport.get(f"generations/{generation['id']}/link")
        return downloads.fetch(link["url"], target, sha256=generation["sha256"])

    def compare(self, first: str, second: str) -> Json:
        return self.transport.post("comparisons", {"first": first, "second": second})

    def next_pair(self) -> Json:
        return self.transport.post("comparisons/next")

    def vote(self, comparison_id: str, choice: str) -> Json:
        return self.transport.post(f"comparisons/{comparison_id}/votes", {"choice": choice})

    def result(self, comparison_id: str) -> Json:
        return self.transport.get(f"comparisons/{comparison_id}/result")

    # Earnings

    def balance(self) -> Json:
        return self.transport.get("balance")

    def credits(self) -> Iterator[Json]:
        return self.transport.each("credits")

    def payout_address(self) -> Json:
        """Where one's tokens go, and the changes there were and are to be."""
        return self.transport.get("payout-address")

    def change_payout_address(self, address: str) -> Json:
        """Ask to be paid at a wallet's address (with its checksum); the wallet is to sign `typed_data` next."""
        return self.transport.post("payout-address/changes", {"address": address})

    def consent_to_payout_address(self, change_id: str, signature: str) -> Json:
        """Hand in the wallet's signature. A first address is in force at once."""
        return self.transport.post(f"payout-address/changes/{change_id}/consent", {"signature": signature})

    def claim(self) -> Json:
        """One's leaf in the epoch in force, its proof, and the transaction that claims it."""
        return self.transport.get("claim")

    def sponsor_claim(self) -> Json:
        """Ask the platform to send the claim."""
        return self.transport.post("claim/sponsor")

    def epochs(self) -> Iterator[Json]:
        return self.transport.each("epochs")

    # Payouts, for the operator

    def freeze_epoch(self) -> Json:
        return self.transport.post("payouts/freeze")

    def payouts(self) -> Json:
        """How publication stands."""
        return self.transport.get("payouts")

    def _ended(self, path: str, timeout_s: float) -> Json:
        return wait_until(lambda: self.transport.get(path), lambda it: it["status"] in ENDED, timeout_s=timeout_s)


def _why_no_login(status: int, body: Mapping[str, Any]) -> str:
    flows = {flow["id"] for flow in body.get("data", {}).get("flows", []) if flow.get("is_pending")}
    if "verify_email" in flows:
        return "This e-mail address is not verified yet: open the message that was sent to it."
    errors = " ".join(error["message"] for error in body.get("errors", []))
    return errors or f"Signing in was refused (HTTP {status})."
