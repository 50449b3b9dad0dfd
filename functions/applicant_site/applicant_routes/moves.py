"""What an applicant decides about their own application: its track, its end, its offer."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from applicant_routes.bodies import OfferAnswer, WantedTrack
from applicant_routes.session import own_application
from roundtable.usecases.applying.answering import answer_offer
from roundtable.usecases.applying.leaving import withdraw
from roundtable.usecases.applying.switching import switch_track
from roundtable.usecases.following.records import Status
from roundtable.usecases.following.status import status_of

router = Router()
TAGS = ["applications"]


@router.post("/api/applications/<application>/track", summary="Change the track", tags=TAGS)
def post_track(application: str, body: WantedTrack) -> Status:
    """Move a received application to a track that is still open; its receipt time stays."""
    ports, own, actor = own_application(router, application)
    return status_of(ports, switch_track(ports, own, actor, track=body.track))


@router.post("/api/applications/<application>/withdraw", summary="Withdraw", tags=TAGS)
def post_withdraw(application: str) -> Status:
    """Take the application back; a seat it holds goes to the next in line."""
    ports, own, actor = own_application(router, application)
    return status_of(ports, withdraw(ports, own, actor))


@router.post("/api/applications/<application>/offer", summary="Answer an offer", tags=TAGS)
def post_offer(application: str, body: OfferAnswer) -> Status:
    """Say yes or no to an offer; a yes after its date joins the waiting list."""
    ports, own, actor = own_application(router, application)
    return status_of(ports, answer_offer(ports, own, actor, yes=body.answer))
