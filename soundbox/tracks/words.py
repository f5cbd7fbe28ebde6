"""The text index of listed tracks: FTS5 on SQLite, GIN on PostgreSQL.

What is indexed are the words of `search.searchable` and, beside them, a track's facets as words that nobody can type
("§kind·music"). So the index itself finds what is music *and* a loop *and* has "piano" in it, however rare that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    bindparam,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from soundbox.extensions import Base

from .search import Terms

CREATE_ON_SQLITE = (
    "CREATE VIRTUAL TABLE track_words USING fts5(words, content='track_texts', content_rowid='number', "
    "tokenize='ascii', detail='none', columnsize=0, prefix='1 2 3')"
)  # our words are normal already: `ascii` takes them as they are; no word stands next to another, so no positions
CREATE_ON_POSTGRESQL = (
    "CREATE INDEX track_words ON track_texts USING gin "
    "(array_to_tsvector(string_to_array(btrim(words), ' '))) WITH (fastupdate = off)"
)
NUMBER = BigInteger().with_variant(Integer, "sqlite")  # which keeps rows in its order only if it is called so
MOST_GATHERED = 80_000  # beyond this, its index takes longer to gather them than a walk to meet 10,000
NO_WORD_CHARACTER = re.compile(r"[^0-9a-z]")


class TrackText(Base):
    """The words of one listed track, between blanks: a narrow row, so that many can be looked through."""

    __tablename__ = "track_texts"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    words: Mapped[str] = mapped_column(Text)


TABLE: Any = TrackText.__table__
event.listen(TABLE, "after_create", DDL(CREATE_ON_SQLITE).execute_if(dialect="sqlite"))
event.listen(TABLE, "before_drop", DDL("DROP TABLE IF EXISTS track_words").execute_if(dialect="sqlite"))
event.listen(TABLE, "after_create", DDL(CREATE_ON_POSTGRESQL).execute_if(dialect="postgresql"))


def facet(name: str, value: object) -> str:
    """A word for the index that no search can contain: facet("model", "magnet-music") is §model·magnet·music."""
    return f"§{name}·{NO_WORD_CHARACTER.sub('·', str(value).lower())}"


def add(session: Session, texts: Sequence[tuple[int, str]]) -> None:
    """Index listed tracks: their numbers and words."""
    rows = [{"number": number, "words": words} for number, words in texts]
    session.execute(insert(TrackText), rows)
    if _is_sqlite(session):
        session.execute(text("INSERT INTO track_words (rowid, words) VALUES (:number, :words)"), rows)


def drop(session: Session, number: int) -> None:
    """Take a track out, by the words that it was indexed with."""
    if _is_sqlite(session):
        session.execute(
            text(
                "INSERT INTO track_words (track_words, rowid, words) "
                "SELECT 'delete', number, words FROM track_texts WHERE number = :number"
            ),
            {"number": number},
        )
    session.execute(TABLE.delete().where(TrackText.number == number))


def numbers_of(session: Session, facets: Iterable[str], terms: Terms | None) -> Select[int]:
    """The numbers of the listed tracks that have all these facets and terms, through the index, in any order."""
    if _is_sqlite(session):
        query = " ".join(f'"{word}"' for word in (*facets, *(terms.whole if terms else ())))
        query += f' "{terms.beginning}"*' if terms else ""
        found = text("SELECT rowid AS number FROM track_words WHERE track_words MATCH :words")
        return select(found.bindparams(words=query).columns(TrackText.number).subquery("found").c.number)
    query = " & ".join(f"'{word}'" for word in (*facets, *(terms.whole if terms else ())))
    query += f"{' & ' if query else ''}'{terms.beginning}':*" if terms else ""
    vector = text("array_to_tsvector(string_to_array(btrim(words), ' ')) @@ CAST(:words AS tsquery)")
    return select(TrackText.number).where(vector.bindparams(bindparam("words", query)))


def some_numbers_of(session: Session, facets: Sequence[str], terms: Terms | None) -> Select[Any]:
    """The same, for a query that ends after some of them. PostgreSQL gathers all before it gives the first, so what is
    expected to be very many it rather meets among the newest texts."""
    found = numbers_of(session, facets, terms)
    if _is_sqlite(session) or _expected(session, found) <= MOST_GATHERED:
        return found
    parts = [*(f" {facet} " for facet in facets), *(terms.parts if terms else ())]
    met = (func.strpos(TrackText.words, part) > 0 for part in parts)
    return select(TrackText.number).where(*met).order_by(TrackText.number.desc())


def _expected(session: Session, found: Select[Any]) -> int:
    """How many rows PostgreSQL expects, from what it knows about the frequency of words."""
    query = found.compile(dialect=session.get_bind().dialect)
    plan = session.connection().exec_driver_sql(f"EXPLAIN (FORMAT JSON) {query}", query.params).scalar_one()
    return int(plan[0]["Plan"]["Plan Rows"])


def holds(session: Session, number: Any, terms: Terms) -> ColumnElement[bool]:
    """Is the listed track of this number found by these terms? Looks at its words, not at the index."""
    place = func.instr if _is_sqlite(session) else func.strpos
    return (
        select(TrackText.number)
        .where(TrackText.number == number, *(place(TrackText.words, part) > 0 for part in terms.parts))
        .correlate_except(TrackText)
        .exists()
    )


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
