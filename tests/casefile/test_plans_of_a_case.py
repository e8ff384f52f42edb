"""What a case page asks begins at that case or its family; nothing of all other cases is read."""

from tests.consents.papers import release
from tests.directory.programs import program
from tests.placements.family import make_home
from tests.plans import asked, plan
from tracker import journal
from tracker.casefile.gather import gather
from tracker.casefile.timeline import chips, read
from tracker.cases import queries as cases
from tracker.cases.access import ROW
from tracker.cases.models import Case
from tracker.db import db

WHOLE = ("SCAN ", "Seq Scan on ", "MATERIALIZE", "AUTOMATIC")


def test_no_question_reads_a_whole_table(cast, db_session):
    home = make_home(cast)
    release(cast, home, program(cast))
    journal.commit()
    case = db_session.get(Case, home.case.id, options=ROW)
    with asked() as statements:
        gather(case)
        cases.moves(case)
        read(case, "America/New_York")
        chips(case)
    assert len(statements) > 9
    for statement, parameters in list(statements):
        told = "\n".join(plan(statement, parameters))
        assert not any(word in told for word in WHOLE), f"{statement}\n{told}"
    db.session.rollback()
