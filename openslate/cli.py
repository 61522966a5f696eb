"""`openslate`: contribute, follow, freeze, export, train and generate from a terminal."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import platformdirs
import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from openslate import payouts
from openslate.client import Client
from openslate.contributions import folders
from openslate.errors import ApiError, ClientError, WaitedTooLong

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
console = Console(stderr=True)
CREDENTIALS = platformdirs.user_config_path("openslate") / "credentials.json"


@contextmanager
def signed_in() -> Iterator[Client]:
    """The client of whoever logged in last, or of OPENSLATE_URL and OPENSLATE_TOKEN; its errors end the command."""
    try:
        yield Client(*_credentials())
    except ApiError as error:
        console.print(f"[red]Refused:[/] {error.message} [dim]{error.code}[/]", highlight=False)
        for field, texts in error.fields.items():
            console.print(f"  {field}: {' '.join(texts)}", highlight=False)
        raise typer.Exit(1) from error
    except ClientError as error:
        console.print(f"[red]{error}[/]", highlight=False)
        raise typer.Exit(1) from error


def _credentials() -> tuple[str, str]:
    if os.environ.get("OPENSLATE_TOKEN"):
        return os.environ.get("OPENSLATE_URL", "http://localhost:8000"), os.environ["OPENSLATE_TOKEN"]
    if not CREDENTIALS.exists():
        raise ClientError("Not signed in. Run `openslate login`, or set OPENSLATE_URL and OPENSLATE_TOKEN.")
    kept = json.loads(CREDENTIALS.read_text())
    return kept["address"], kept["token"]


@contextmanager
def byte_bar(title: str) -> Iterator[tuple[Progress, Any]]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bars:
        yield bars, bars.add_task(title, total=None)


def show(item: Any) -> None:
    """JSON on standard output, so that it can be piped."""
    typer.echo(json.dumps(item, indent=2, ensure_ascii=False))


@app.command()
def login(
    email: Annotated[str, typer.Option(prompt=True)],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True)],
    address: Annotated[str, typer.Option(help="The platform's address.")] = "http://localhost:8000",
) -> None:
    """Sign in and keep a token (readable by you alone) in the configuration folder."""
    try:
        client = Client.login(address, email, password)
    except (ClientError, ApiError) as error:
        console.print(f"[red]{error}[/]", highlight=False)
        raise typer.Exit(1) from error
    CREDENTIALS.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(CREDENTIALS, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"address": address, "token": client.token}, file)
    console.print(f"Signed in to {address} as {email}.")


@app.command()
def whoami() -> None:
    """Who is signed in, with which roles."""
    with signed_in() as client:
        show(client.me())


@app.command()
def submit(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    campaign: Annotated[str, typer.Option(help="Id of an open campaign.")],
    wait: Annotated[bool, typer.Option(help="Wait until the scores are in.")] = False,
) -> None:
    """Send FOLDER, or every folder below it, that holds a record.json. Run it again to go on after an interruption."""
    with signed_in() as client:
        refused = 0
        for one in folders(folder):
            refused += not _submit_one(client, one, campaign, wait)
        if refused:
            raise typer.Exit(1)


def _submit_one(client: Client, folder: Path, campaign: str, wait: bool) -> bool:
    try:
        with byte_bar(folder.name) as (bars, bar):
            total = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
            bars.update(bar, total=total)
            submission = client.submit(folder, campaign=campaign, progress=lambda sent: bars.advance(bar, sent))
        if wait:
            submission = client.wait_for_submission(submission["id"])["submission"]
    except (ApiError, ClientError) as error:
        console.print(f"[red]{folder.name}:[/] {error}", highlight=False)
        return False
    typer.echo(f"{submission['id']}\t{submission['status']}\t{folder.name}")
    return True


@app.command()
def status(
    submission: Annotated[str | None, typer.Argument(help="One submission; without it, your newest ones.")] = None,
    limit: Annotated[int, typer.Option(min=1)] = 20,
) -> None:
    """What has become of your submissions."""
    with signed_in() as client:
        if submission:
            show(client.submission(submission))
            return
        for _, item in zip(range(limit), client.submissions(mine="true"), strict=False):
            typer.echo(f"{item['id']}\t{item['status']}\t{item['updated_at']}")


@app.command()
def freeze(
    dataset: Annotated[str, typer.Argument(help="Name of the dataset; made if there is none.")],
    campaign: Annotated[list[str] | None, typer.Option(help="Only what these campaigns accepted.")] = None,
) -> None:
    """Freeze what has been accepted into a new version."""
    with signed_in() as client, console.status("Freezing"):
        known = {item["name"]: item for item in client.datasets()}
        chosen = known.get(dataset) or client.create_dataset(dataset)
        show(client.freeze(chosen["id"], selection={"campaigns": campaign} if campaign else {}))


@app.command()
def export(
    version: Annotated[str, typer.Argument(help="Id of a version.")],
    to: Annotated[Path, typer.Option(help="Folder to download into.")],
    profile: Annotated[str, typer.Option(help="webdataset or metadata.")] = "webdataset",
    resume: Annotated[str | None, typer.Option(help="An export made earlier: only download it.")] = None,
) -> None:
    """Lay a version out for a loader and download it. Files that are there and whole are not fetched again."""
    with signed_in() as client:
        if resume is None:
            with console.status("Building the export"):
                made = client.export(version, profile=profile)
            if made["status"] != "ready":
                raise ClientError(f"The export failed: {made['failure'].get('message', 'see the server log')}")
            resume = str(made["id"])
            console.print(f"Export {resume} is ready; --resume {resume} goes on with its download.")
        total = sum(item["size"] for item in client.export_files(resume))
        with byte_bar("Downloading") as (bars, bar):
            bars.update(bar, total=total)
            paths = client.download_export(resume, to, progress=lambda size: bars.advance(bar, size))
        typer.echo(f"{len(paths)} files in {to}")


@app.command()
def train(
    export_id: Annotated[str, typer.Argument(metavar="EXPORT", help="Id of a finished webdataset export.")],
    base: Annotated[str, typer.Option(help="Base model.")] = "slate-nano",
    config: Annotated[list[str] | None, typer.Option(help="name=value, such as steps=500 or lr=1e-4.")] = None,
    follow: Annotated[bool, typer.Option(help="Print losses until it ends.")] = True,
) -> None:
    """Start a fine-tune run and follow it."""
    with signed_in() as client:
        run = client.train(export_id, base=base, config=dict(_setting(text) for text in config or []))
        console.print(f"Run {run['id']}")
        if follow:
            run = _follow(client, run["id"])
        show(run)
        if run["status"] == "failed":
            raise typer.Exit(1)


def _setting(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign:
        raise ClientError(f"--config takes name=value, not {text!r}.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _follow(client: Client, run_id: str) -> dict[str, Any]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} {task.fields[loss]}"),
    )
    with Progress(*columns, console=console) as bars:
        bar = bars.add_task("Training", total=None, loss="")
        while True:
            try:
                return client.wait_for_run(run_id, timeout_s=2)
            except WaitedTooLong:
                run = client.run(run_id)
                newest = client.metrics(run_id, after=run["step"] - 1)
                loss = f"loss {newest[-1]['values'].get('loss', float('nan')):.4f}" if newest else ""
                bars.update(bar, total=run["steps"], completed=run["step"], loss=loss)


@app.command()
def generate(
    prompt: str,
    to: Annotated[Path, typer.Option(help="Where to write the mp4.")] = Path("clip.mp4"),
    adapter: Annotated[str | None, typer.Option(help="A checkpoint of a run.")] = None,
    image: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Reference image.")] = None,
    move: Annotated[str | None, typer.Option(help="Camera move, such as dolly_in.")] = None,
    seed: int = 0,
) -> None:
    """Make a clip with sound."""
    with signed_in() as client:
        request: dict[str, Any] = {"seed": seed, "adapter": adapter}
        if image:
            request["reference_image"] = client.upload(image)["id"]
        if move:
            request["camera"] = {"move": move}
        with console.status("Generating"):
            generation = client.wait_for_generation(client.generate(prompt, **request)["id"])
        if generation["status"] != "delivered":
            raise ClientError(f"No clip: {generation['failure'].get('message', generation['status'])}")
        client.download_clip(generation, to)
        show({"clip": str(to), "price_wei": generation["price_wei"], **generation["result"]})


@app.command("verify-payout")
def verify_payout(
    file: Annotated[str, typer.Argument(help="The published file of leaves: a path or an address.")],
    rpc: Annotated[str, typer.Option(help="JSON-RPC address of any node of the chain.")],
    contributor: Annotated[str, typer.Option(help="Show the leaf of this contributor id.")] = "",
    payee: Annotated[str, typer.Option(help="Show the leaves that pay this address.")] = "",
) -> None:
    """Check a payout against the chain, believing nobody: file, root, sums, funds, your own leaf."""
    try:
        published = payouts.read(payouts.fetch(file))
        show(payouts.verify(published, rpc_url=rpc, contributor_id=contributor, payee=payee))
    except ClientError as error:
        console.print(f"[red]{error}[/]", highlight=False)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
