"""What admins decide about a track, each with a reason that the audit log keeps."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.tracks.models import Track, Withheld
from soundbox.tracks.removal import remove
from soundbox.web.errors import Refusal

from .models import ModerationEvent, Report


class Decision(StrEnum):
    hide = "hide"
    restore = "restore"
    dismiss = "dismiss"
    delete = "delete"


def decide(session: Session, user: User, track: Track, decision: Decision, reason: str) -> str | None:
    """Every decision closes the open reports. Returns the stem of files that nobody needs any more, if any.

    The caller holds the track's row. Raises `Refusal` 400 for what is so already.
    """
    _refuse_what_is_so(session, track, decision)
    ModerationEvent.log(session, track, user, decision, reason)
    Report.close_all(session, track)
    if decision is Decision.delete:
        return remove(session, track)
    if decision is Decision.hide:
        track.withhold(session, Withheld.operator)
    elif decision is Decision.restore or track.withheld == Withheld.reports:
        track.withhold(session, None)
    return None


def _refuse_what_is_so(session: Session, track: Track, decision: Decision) -> None:
    if decision is Decision.hide and track.withheld == Withheld.operator:
        raise Refusal(400, "This track is hidden already")
    if decision is Decision.restore and track.withheld is None:
        raise Refusal(400, "This track is not hidden")
    if decision is Decision.dismiss and Report.open_count(session, track) == 0:
        raise Refusal(400, "Nobody has an open report about this track")
