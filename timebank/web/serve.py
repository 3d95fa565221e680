"""Serving: uvicorn with our protocol, our log, and an end that comes when it is asked for."""

import contextlib
import os
import signal
import socket
import threading
from collections.abc import Callable, Generator
from types import FrameType
from typing import Any

from litestar.types import ASGIApp
from uvicorn.server import HANDLED_SIGNALS, Server
from uvicorn.supervisors.multiprocess import SIGNALS, Multiprocess

from timebank.web.deadline import DeadlineProtocol, LimitedConfig, Limits

STOP_SECONDS = 4
"""How long running requests may still take after a stop was asked; the app itself gets the rest
of the five seconds."""
START_SECONDS = 30
"""How long the parent waits for its first worker before it goes on without saying so."""


class CannotListen(OSError):
    """The address to serve at is taken, or is not this machine's."""


class ServeConfig(LimitedConfig):
    """What both kinds of serving share. Can be sent to another process."""

    def __init__(self, app: ASGIApp | str, *, limits: Limits, workers: int) -> None:
        self.parent = os.getpid()
        super().__init__(
            app,
            limits=limits,
            factory=isinstance(app, str),
            http=DeadlineProtocol,
            ws="none",
            lifespan="on",
            interface="asgi3",
            workers=workers,
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=limits.idle_seconds,
            timeout_graceful_shutdown=STOP_SECONDS,
            callback_notify=self.stop_when_alone if workers > 1 else None,
            timeout_notify=1,
        )

    async def stop_when_alone(self) -> None:
        """In a worker: when the parent was killed outright, stop too, or the port stays taken."""
        if os.getppid() != self.parent:
            signal.raise_signal(signal.SIGTERM)


class QuietServer(Server):
    """uvicorn's server, except that `run` returns after a signal instead of raising it again:
    the caller still has a database to stop."""

    def __init__(self, config: ServeConfig, on_ready: Callable[[], None] | None = None) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so once requests are really answered."""
        await super().startup(sockets)
        if self.started and self._on_ready is not None:
            self._on_ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """SIGINT and SIGTERM stop the server; a second SIGINT does not wait for anybody."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._stop) for number in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.handle_exit(number, frame)


class ReadyProcesses(Multiprocess):
    """uvicorn's parent of several workers, which says when the first of them answers."""

    def __init__(
        self,
        config: ServeConfig,
        sockets: list[socket.socket],
        on_ready: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(config, sockets)
        self._on_ready = on_ready

    def init_processes(self) -> None:
        """Start all; wait for the first."""
        super().init_processes()
        first = self.processes[0]
        ready = first.wait_until_ready(START_SECONDS, self.should_exit)
        if ready and self._on_ready is not None:
            self._on_ready()


@contextlib.contextmanager
def _signals_restored() -> Generator[None, None, None]:
    """The caller's own signal handlers are back afterwards."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            for number, handler in before.items():
                signal.signal(number, handler)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Port 0 takes any free one.

    Raises CannotListen when the address is taken or is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as error:
        listening.close()
        raise CannotListen(
            f"Cannot listen at {host}, port {port}: {error.strerror}."
            " Another HOST or PORT is needed, or an end to what is there."
        ) from error
    listening.set_inheritable(True)
    return listening


def serve(
    app: ASGIApp | str,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    fd: int | None = None,
    workers: int = 1,
    limits: Limits | None = None,
    on_ready: Callable[[int], None] | None = None,
) -> None:
    """Serve until SIGINT or SIGTERM, then return, at most five seconds later.

    app: the app itself, or "module:function" that makes it; with more than one worker each
    process makes its own, so it must be the latter. fd: an already listening socket instead of
    host and port. on_ready: called with the port once the first process answers.

    Raises CannotListen when the address is taken, ValueError for an app that cannot be copied, and
    SystemExit when the app fails to start.
    """
    if workers > 1 and not isinstance(app, str):
        raise ValueError("with more than one worker the app is given as module:function")
    listening = listen(host, port) if fd is None else socket.socket(fileno=fd)
    config = ServeConfig(app, limits=limits or Limits(), workers=workers)
    taken: Any = listening.getsockname()
    number = int(taken[1]) if isinstance(taken, tuple) else 0
    ready = None if on_ready is None else lambda: on_ready(number)
    try:
        if workers > 1:
            with _signals_restored():
                ReadyProcesses(config, [listening], ready).run()
        else:
            QuietServer(config, ready).run(sockets=[listening])
    finally:
        listening.close()
