"""Structured logs: one event per line, with key=value pairs or as JSON."""

from typing import Any

import structlog

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def _formatter(renderer: Any) -> dict[str, Any]:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        "foreign_pre_chain": SHARED,
    }


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "console": _formatter(structlog.dev.ConsoleRenderer(colors=False)),
        "json": _formatter(structlog.processors.JSONRenderer()),
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "console"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"botocore": {"level": "WARNING"}, "httpx": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}


def configure(log_format: str) -> None:
    """Send structlog through the standard library, so that every library's lines look alike."""
    LOGGING["handlers"]["stderr"]["formatter"] = log_format
    structlog.configure(
        processors=[
            *SHARED,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
