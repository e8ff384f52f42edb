"""The program with its clock stopped at a moment, so that a day looks the same whenever it is looked at."""

from collections.abc import Iterable
from datetime import datetime
from threading import Thread
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from tracker import clock


class Silent(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_request(self, *_: Any) -> None:
        """Nothing is written."""


class Stopped:
    """A program that is served beside the test, in threads; `url` is where."""

    def __init__(self, app: Flask, moment: datetime) -> None:
        self._app = app
        self._moment = moment
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=Silent)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with clock.travel(self._moment):
            return self._app(environ, start_response)
