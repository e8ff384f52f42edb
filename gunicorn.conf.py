"""How the production server runs: read by `gunicorn` on its own from this folder.

Every line can be overridden on the command line, or by GUNICORN_CMD_ARGS. PORT and WEB_CONCURRENCY do as their names say.
"""

import gc
import logging
import os
from threading import Thread
from typing import Any

wsgi_app = "tracker:serve()"
bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or (os.cpu_count() or 1) + 1)
# A plain worker waits for whoever connects and says nothing, as browsers do ahead of time: six such connections stop three workers.
# Behind a proxy that buffers none reach us; without one, a few threads wait for them (at most five seconds each) beside the work.
behind_proxy = (os.environ.get("WAYPOINT_PROXIES") or "0") != "0"
worker_class = "sync" if behind_proxy else "gthread"
threads = 1 if behind_proxy else 4
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a heartbeat must not wait for a disk
forwarded_allow_ips = ""  # who stands before us is said by WAYPOINT_PROXIES alone, never by a header of whoever connects
control_socket_disable = True  # it would lie in the home folder
timeout = 60
graceful_timeout = 20
errorlog = "-"
accesslog = None  # addresses of pages are nobody's business
loglevel = "warning"
logging.getLogger("alembic").setLevel(logging.WARNING)  # each worker looks which migration the database is at


def on_starting(_server: Any) -> None:
    """Refuse once, with one sentence and exit code 2, before a worker is made (each of them would be made again for ever)."""
    from tracker import serve  # noqa: PLC0415 - a server that only reads this file need not import the program

    serve()


def post_worker_init(worker: Any) -> None:
    """Read places and templates beside the first requests: nobody waits for them while a caller speaks.

    What a worker has by then stays as long as it does. To look through all of it for rubbish again and again would stop every
    request for a tenth of a second, so it is left out of that.
    """
    gc.set_threshold(10_000, 20, 20)
    Thread(target=_warm, args=(worker.wsgi,), daemon=True).start()


def _warm(app: Any) -> None:
    from tracker import places  # noqa: PLC0415 - as above

    places.load()
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()
