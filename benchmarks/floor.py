"""The floor: a bare Flask page of as many bytes, with as many one-row indexed reads and, where asked, one durable commit.

It uses the same engine settings and driver as the program, and nothing else of it.
"""

from itertools import count

from flask import Flask, Response, request
from sqlalchemy import create_engine, text

from config import Config
from tracker.db import engine_options, prepare

READ = text("SELECT * FROM cases WHERE id = :id")
WRITE = text("INSERT INTO bench_floor (words) VALUES (:words)")
TABLE = {
    "sqlite": "CREATE TABLE IF NOT EXISTS bench_floor (id integer PRIMARY KEY, words text)",
    "postgresql": "CREATE TABLE IF NOT EXISTS bench_floor (id bigserial PRIMARY KEY, words text)",
}


def serve() -> Flask:
    """The application for gunicorn; it reads the same settings as the program."""
    config = Config.from_environment()
    engine = create_engine(config.database_url, **engine_options(config.database_url))
    prepare(engine, config.sqlite_journal)
    app = Flask("floor")
    turn = count(1)

    @app.get("/floor")
    def floor() -> Response:
        size, reads, cases = (int(request.args[name]) for name in ("size", "reads", "cases"))
        with engine.connect().execution_options(readonly=True) as connection:
            for _ in range(reads):
                connection.execute(READ, {"id": next(turn) * 7919 % cases + 1}).fetchone()
            connection.rollback()
        if request.args["commit"] == "1":
            with engine.begin() as connection:
                connection.execute(WRITE, {"words": "x" * 200})
        return Response("x" * size, mimetype="text/html")

    return app
