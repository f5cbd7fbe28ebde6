"""A report, and what follows when enough different people made one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.accounts.models import User
from soundbox.accounts.principal import Principal
from soundbox.tracks.models import Track, Withheld
from soundbox.web.errors import Refusal

from .models import ModerationEvent, Reason, Report, member_voice

HIDDEN = "reported"


def report(session: Session, who: Principal, user: User, track: Track, reason: Reason, note: str, to_hide: int) -> bool:
    """True when this one took the track out of sight. The caller holds its row; `to_hide` 0: reports never do that.

    Raises `Refusal` 400 for one's own track and for a second report of the same.
    """
    if track.user_id == user.id:
        raise Refusal(400, "This track is yours", advice="You can unlist or delete it on its page.")
    voice = _voice(who, user)
    if Report.open_by(session, track, voice):
        raise Refusal(400, "You have reported this track already", advice="Somebody will look at it.")
    session.add(Report(track_number=track.number, user=user, voice=voice, reason=reason, note=note))
    session.flush()
    if track.withheld is not None or not 0 < to_hide <= Report.open_count(session, track):
        return False
    track.withhold(session, Withheld.reports)
    ModerationEvent.log(session, track, None, HIDDEN, f"{to_hide} people reported it")
    return True


def _voice(who: Principal, user: User) -> str:
    """A guest who drops the cookie is still one voice."""
    return f"address:{who.address}" if who.is_guest else member_voice(user.id)
