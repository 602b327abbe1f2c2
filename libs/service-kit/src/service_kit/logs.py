"""Logs as JSON lines: a static event name, data as fields; payloads and secrets are never logged."""

import logging
import re
import sys

import structlog

# Lines of a traceback that quote what was sent: PostgreSQL's DETAIL, CONTEXT and line of COPY, pydantic's input_value.
_QUOTING = re.compile(r"^\s*(DETAIL:|CONTEXT:|COPY \S+, line \d+|.*\binput_value=).*$", re.MULTILINE)


def first_line(error: BaseException) -> str:
    """What an error says, without the lines that may quote payload."""
    return _QUOTING.sub("(left out)", str(error)).partition("\n")[0]


def without_payload(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Drop quoted payload from a rendered traceback: logs hold names and ids, never values."""
    if isinstance(event.get("exception"), str):
        event["exception"] = _QUOTING.sub("    (left out: it quotes what was sent)", event["exception"])
    return event


def configure_logs(service: str, level: str) -> None:
    """Send structured logs, and those of libraries, to standard error as one JSON object a line."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        without_payload,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(number)
    logging.getLogger("kafka").setLevel(max(number, logging.ERROR))
    logging.getLogger("httpx").setLevel(max(number, logging.WARNING))  # it logs every address that is asked for
    logging.getLogger("uvicorn.access").disabled = True
    structlog.contextvars.bind_contextvars(service=service)
