"""What import-linter cannot see."""

import importlib
import re
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest
from django.apps import apps

from curation.services.notifying import TELLINGS
from rewards.rules import RULES

REPO = Path(__file__).resolve().parents[2]
ROOMS = ["common", "accounts", "curation", "training", "generation", "rewards"]
HEAVY = [
    "torch", "transformers", "diffusers", "peft", "accelerate", "open_clip",
    "faster_whisper", "ctranslate2", "onnxruntime", "av", "web3", "pxr",
]  # fmt: skip
WITHOUT_DJANGO = [
    "curation.record", "curation.probing", "curation.rendering", "curation.scoring", "curation.gating",
    "curation.exporting",
    "curation.trusting", "training.engine", "generation.engine", "rewards.chain", "videomodel", "studio", "openslate",
]  # fmt: skip
# Facts that nobody consumes yet; taking one up moves it out of this list.
UNREAD = {
    "curation": {
        "campaign_opened", "campaign_closed", "gold_retired",
        "policy_changed", "submitted", "failed", "in_review", "disputed",
        "version_ready", "version_failed", "export_ready", "export_failed",
    },
    "training": {"run_queued", "run_started", "run_failed", "run_cancelled"},
    "generation": {
        "generation_queued", "generation_started", "generation_failed",
        "generation_cancelled", "vote_cast",
    },
}  # fmt: skip


def fresh_interpreter(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=REPO, capture_output=True, text=True, timeout=120)


def test_web_process_loads_no_model_library() -> None:
    done = fresh_interpreter(
        "import sys, config.wsgi, config.urls\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "from config.celery_app import app; app.loader.import_default_modules()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_packages_of_models_and_media_run_without_django() -> None:
    done = fresh_interpreter(
        "import importlib, pkgutil, sys\n"
        f"for package in map(importlib.import_module, {WITHOUT_DJANGO!r}):\n"
        "    names = [m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + '.')]\n"
        "    [importlib.import_module(name) for name in names if not name.endswith('__main__')]\n"
        "    assert 'django' not in sys.modules, f'{package.__name__} imports django'\n"
        "print('imported')"
    )  # one process for all: several of them load torch
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == "imported"


def test_foreign_keys_follow_the_order_of_the_rooms() -> None:
    crossed = []
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS:
            continue
        for field in model._meta.get_fields():
            target = getattr(field.remote_field, "model", None) if field.concrete and field.is_relation else None
            label = target._meta.app_label if target else None
            if label in ROOMS and ROOMS.index(label) > ROOMS.index(model._meta.app_label):
                crossed.append(f"{model.__name__}.{field.name} -> {label}")
    assert crossed == []


def transition_tables() -> list[object]:
    found = []
    for room in ROOMS:
        if not (REPO / room / "lifecycle.py").exists():
            continue
        module = importlib.import_module(f"{room}.lifecycle")
        tables = {name: table for name, table in vars(module).items() if name.endswith("TRANSITIONS")}
        found += [pytest.param(table, id=f"{room}.{name}") for name, table in tables.items()]
    return found


@pytest.mark.parametrize("table", transition_tables())
def test_every_status_is_reachable_and_known(table: dict[str, set[str]]) -> None:
    start = next(iter(table))
    reached, frontier = {start}, [start]
    while frontier:
        frontier = [status for status in table[frontier.pop()] if status not in reached] + frontier
        reached.update(frontier)
    assert reached == set(table)
    assert {str(status) for status in table} == {str(status) for status in type(start)}


@pytest.mark.parametrize("room", ["curation", "training", "generation"])
def test_every_event_kind_has_a_reader_or_is_listed_as_unread(room: str) -> None:
    kinds: type[StrEnum] = importlib.import_module(f"{room}.lifecycle").EventKind
    others = [path for other in ROOMS if other != room for path in (REPO / other).rglob("*.py")]
    asked = re.compile(rf"""\b{room}\.events\("(\w+)"\)""")
    read = {kind for path in others for kind in asked.findall(path.read_text())}
    if room == "curation":
        read |= set(RULES)  # the credits' queue asks for each kind that a reward rule is for
        read |= set(TELLINGS)  # what people are told of
    assert {str(kind) for kind in kinds} - read == UNREAD[room]
