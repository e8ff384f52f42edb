"""Pages of who holds what: a family's whole shelf, the holders of an edition, and who never got what they should have."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from tracker import journal, queue
from tracker.addresses import url_for, uuid_of
from tracker.cases.access import case_or_404, masked
from tracker.cases.words import CaseStage
from tracker.errors import NotHere
from tracker.htmx import done, show
from tracker.library import queries as library
from tracker.moves import Refused
from tracker.packets import holding, recalling
from tracker.packets.forms import RecallForm
from tracker.packets.receipt_views import bp, noted
from tracker.paging import before
from tracker.people.models import Kinship
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission


@bp.get("/cases/<uuid:case_id>/packets")
@may(Permission.READ_PACKET)
def held(case_id: UUID) -> Response:
    """Everything that the people of a case were given, with the exact edition and whether there is a newer one."""
    case = case_or_404(case_id)
    if masked(me()):
        raise NotHere
    journal.viewed(case, by=me(), what="all that a family holds", case=case)
    return noted(show("packets/held.html", case=case, held=holding.held_by(case)), 200)


@bp.route("/packets/holders/<uuid:edition_id>", methods=["GET", "POST"])
@may(Permission.BUILD_PACKET, writes=True)
def holders(edition_id: UUID) -> Response:
    """Who holds an edition; when it was replaced, one press reaches all who can be reached and asks somebody about the rest."""
    edition = holding.edition_of(edition_id)
    if edition is None:
        raise NotHere
    form = RecallForm()
    if request.method == "POST" and form.validate():
        try:
            recall = recalling.begin(edition, form.why.data, by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            to, key = url_for("packets.holders", edition_id=edition.public_id), recall.id
            journal.commit(to)
            queue.wake("reach", key)
            return done(to, "Begun. This page shows who was reached; it goes on by itself.")
    found, more = holding.holders(me(), edition, before())
    material = library.material_by_key(edition.material_id)
    status = 422 if form.errors else 200
    for holder in found:
        journal.viewed(holder.packet, by=me(), what="who holds a material", case_id=holder.packet.case_id)
    answer = show(
        "packets/holders.html", status=status, edition=edition, form=form, found=found, more=more,
        current=library.current(material) if material else None, recalls=holding.recalls_of(edition),
    )  # fmt: skip
    return noted(answer, status)


@bp.get("/packets/next")
@may(Permission.BUILD_PACKET)
def next_ones() -> Response:
    """Families at a stage who never got what they should have: by kit, or by one material."""
    kits = library.kits()
    wanted = next((kit for kit in kits if str(kit.public_id) == request.args.get("kit")), None)
    one = uuid_of(request.args.get("material"))
    material = library.material(one) if one else None
    if material is None and wanted is None:
        wanted = kits[0] if kits else None
    if material is not None:
        found, more = holding.lacking(me(), [material], material.stages, material.language, None, before())
    elif wanted is not None:
        found, more = holding.lacking(me(), [item.material for item in wanted.items], [wanted.stage], wanted.language, wanted.kinship, before())
    else:
        found, more = [], False
    title = library.current(material) if material else None
    return show(
        "packets/next.html", kits=kits, kit=wanted, material=material, edition=title, found=found, more=more,
        stages={stage.value: stage.label for stage in CaseStage}, kinships={word.value: word.label for word in Kinship},
    )  # fmt: skip
