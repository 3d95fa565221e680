"""What the program writes in its log, where a test of the web reads it."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from timebank.web import log


@pytest.fixture
def lines() -> Iterator[io.BytesIO]:
    root = logging.getLogger()
    before, level = root.handlers, root.level
    out = io.BytesIO()
    log.configure(actor_key=b"k" * 32, stream=out)
    yield out
    root.handlers, root.level = before, level
    structlog.reset_defaults()
