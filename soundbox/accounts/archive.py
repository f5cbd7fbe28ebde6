"""What a person takes along: everything about them as JSON, and their files if they want them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from sqlalchemy import inspect

from soundbox.clock import iso_z
from soundbox.extensions import Base

IN_MEMORY_BYTES = 256 * 1024  # of one list; what is longer waits on the disk
README = """\
Your data on Sound Box, as it was at {now}.

Each .json file is one list, one entry a line: what you made, said, kept and asked for. Times are in UTC.
{masters}
What we keep only as a hash (your password, your tokens, the cookies of your browsers) is not in here, because nobody
can turn it back.
"""
WITH_MASTERS = "The folder masters has your tracks as WAV files; tracks.json tells which is which.\n"


class Archive:
    """Lists are read from the database at once, so that they fit together, and sent when their turn comes; files are
    opened one after the other while the zip is sent."""

    def __init__(self, *, with_masters: bool) -> None:
        self.with_masters = with_masters
        self._lists: list[tuple[str, BinaryIO]] = []
        self._files: Iterator[tuple[str, BinaryIO]] = iter(())

    def add(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """`name`.json."""
        spool = cast(BinaryIO, SpooledTemporaryFile(IN_MEMORY_BYTES))  # noqa: SIM115 - closed by whoever sends it
        spool.write(b"[")
        for number, row in enumerate(rows):
            spool.write(b",\n" if number else b"\n")
            spool.write(json.dumps(row, ensure_ascii=False).encode())
        spool.write(b"\n]\n")
        spool.seek(0)
        self._lists.append((f"{name}.json", spool))

    def add_files(self, files: Iterable[tuple[str, BinaryIO]]) -> None:
        self._files = chain(self._files, files)

    def files(self, moment_ms: int) -> Iterator[tuple[str, BinaryIO]]:
        told = README.format(now=iso_z(moment_ms), masters=WITH_MASTERS if self.with_masters else "")
        yield "README.txt", BytesIO(told.encode())
        yield from sorted(self._lists, key=lambda one: one[0])
        yield from self._files


def facts_of(row: Base, *left_out: str) -> dict[str, Any]:
    """All columns of a row but these, so that nobody forgets one; moments as text."""
    facts: dict[str, Any] = {}
    for attribute in inspect(type(row)).column_attrs:
        column = attribute.key
        if column in left_out:
            continue
        value = getattr(row, column)
        if column.endswith("_ms"):
            facts[column.removesuffix("_ms")] = iso_z(value) if value is not None else None
        else:
            facts[column] = value
    return facts
