"""What goes into a pack: a playlist, a selection, or what a search finds first."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.accounts.principal import Principal
from soundbox.tracks.asking import filters_of
from soundbox.tracks.browse import browse
from soundbox.tracks.models import Track
from soundbox.web.errors import Refusal

from .access import readable
from .answers import PackBody, SearchQuery
from .packs import MOST_CHOSEN, Pack, PackFormat
from .shelf import entries_of


def playlist_pack(session: Session, who: Principal, playlist_id: str, form: PackFormat) -> Pack:
    playlist = readable(session, who, playlist_id)
    tracks = [entry.track for entry in entries_of(session, who, playlist)]
    return Pack(playlist.name, form, tracks, len(tracks))


def chosen_pack(session: Session, who: Principal, body: PackBody) -> Pack:
    if body.ids is None:
        return search_pack(session, body)
    ids = list(dict.fromkeys(body.ids))
    if len(ids) > MOST_CHOSEN:
        raise Refusal(400, f"A pack holds at most {MOST_CHOSEN} chosen tracks", advice="Put them on a playlist.")
    return Pack("Sound Box selection", body.format, Track.all_readable_by(session, who, ids), len(ids))


def search_pack(session: Session, query: SearchQuery) -> Pack:
    found = browse(session, filters_of(query), query.sort, 1, MOST_CHOSEN)
    words = query.search or query.category or query.model or ""
    return Pack(f"Sound Box {words}".strip(), query.format, found.tracks, found.total)
