"""The web door: create_app() lays the ground, sets the gate, and opens the rooms in one visible list."""

import logging
import sys
from typing import Any

from flask import Blueprint, Flask, current_app, g
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import HERE, Config, SettingRefused
from tracker import addresses, cli, drawn, errors, headers, queue, startup, templating
from tracker import db as ground
from tracker.audit import views as audit
from tracker.casefile import consent_views as consents
from tracker.casefile import list_views, stage_views  # noqa: F401  (more pages of the case file)
from tracker.casefile import views as casefile
from tracker.caseload import views as caseload
from tracker.cases import plan_views, promise_views  # noqa: F401  (more pages of a case)
from tracker.cases import views as cases
from tracker.contacts import people, ways  # noqa: F401  (ways: more pages about people)
from tracker.contacts import views as contacts
from tracker.desk import jobs as desk_jobs
from tracker.desk import views as desk
from tracker.directory.groups import views as groups
from tracker.directory.programs import views as programs
from tracker.drafts import views as drafts
from tracker.family_door import views as family_door
from tracker.inquiries import views as inquiries
from tracker.interventions import views as interventions
from tracker.journal import startup as journal_startup
from tracker.library import kit_views, writing_views  # noqa: F401  (more pages of the library)
from tracker.library import views as library
from tracker.lobby import views as lobby
from tracker.packets import holding_views, jobs, print_views  # noqa: F401  (more pages of packets)
from tracker.packets import views as packets
from tracker.placements import views as placements
from tracker.recovery import views as recovery
from tracker.referrals import views as referrals
from tracker.search import views as search
from tracker.staff import gate, navigation
from tracker.staff import views as staff
from tracker.staff.permissions import Permission

csrf = CSRFProtect()

ROOMS: list[Blueprint] = [
    lobby.bp,
    staff.bp,
    casefile.bp,
    consents.bp,
    desk.bp,
    search.bp,
    caseload.bp,
    groups.bp,
    programs.bp,
    cases.bp,
    drafts.bp,
    inquiries.bp,
    contacts.bp,
    people.bp,
    interventions.bp,
    referrals.bp,
    placements.bp,
    recovery.bp,
    library.bp,
    packets.bp,
    audit.bp,
    family_door.bp,
]


def create_app(config: Config) -> Flask:
    """Build the application.

    Args:
        config: the settings; they are not checked here (serve() does), so that the terminal works before they are whole.
    """
    app = Flask(__name__, template_folder=str(HERE / "templates"))
    app.config.update(config.flask())
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = ground.engine_options(config.database_url)
    app.config["PROPAGATE"] = config.testing
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=0)  # type: ignore[method-assign]
    ground.db.init_app(app)
    Migrate(app, ground.db, directory=str(HERE / "migrations"), render_as_batch=True, compare_type=True)
    with app.app_context():
        ground.prepare(ground.db.engine, config.sqlite_journal)
    headers.register(app)
    errors.register(app)
    templating.register(app)
    addresses.register(app)
    drawn.register(app)
    csrf.init_app(app)
    gate.register(app)
    app.context_processor(_person)
    for room in ROOMS:
        app.register_blueprint(room)
    queue.register(app, {"deliver": jobs.deliver, "reach": jobs.reach}, {"sweep": jobs.sweep, "bounces": jobs.read_own_mailbox, "lists": desk_jobs.send_lists})
    csrf.exempt(family_door.bp)  # its forms carry a token of their own: a session cookie of staff has no place there
    csrf.exempt(lobby.policy_report)  # browsers send these reports themselves, without a form
    cli.register(app)
    return app


def _person() -> dict[str, Any]:
    actor = g.get("actor")
    return {
        "me": actor,
        "nav": navigation.rail() if actor else [],
        "theme": actor.staff.theme if actor else "",
        "endpoints": current_app.view_functions.keys(),
        "can": lambda name: gate.allows(Permission(name)),
    }


def serve() -> Flask:
    """The application for a production server, or exit code 2 with one sentence on standard error."""
    try:
        config = Config.from_environment()
        config.check()
        app = create_app(config)
        refuse_to_serve(app)
    except (SettingRefused, startup.WillNotServe) as refusal:
        print(f"Waypoint does not start: {refusal}", file=sys.stderr)
        raise SystemExit(2) from None
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    return app


def refuse_to_serve(app: Flask) -> None:
    """Every reason not to serve that needs the application (trust 1.8: 3 to 8, 11, 12).

    Raises:
        WillNotServe: with the sentence to print.
    """
    if app.debug:
        raise startup.WillNotServe("Debug is on. Waypoint does not serve people's records with a debugger attached.")
    if open_ends := gate.without_policy(app):
        raise startup.WillNotServe(f"These pages name no permission: {', '.join(open_ends)}.")
    with app.app_context():
        startup.check_database(app)
        journal_startup.check(app.config["WAYPOINT"].audit_key.encode())
        ground.db.session.remove()
        ground.db.engine.dispose()


__all__ = ["create_app", "serve"]
