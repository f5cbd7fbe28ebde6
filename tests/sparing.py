"""A site is made for nearly every test: what takes longest about it is put off until needed, or kept for the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from soundbox import extensions


class CompiledTemplates(BytecodeCache):
    """Shared by all sites of this process; Jinja compares each with its source."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self._code.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


def make_sites_fast() -> None:
    """Werkzeug compiles two functions for each of our 200 addresses, and a test builds a handful of them. An engine
    keeps the text of statements, and nearly all tests of a process have databases at the same two addresses."""
    extensions._postgresql, extensions._sqlite = cache(extensions._postgresql), cache(extensions._sqlite)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledTemplates()}
    compile_now = Rule._compile_builder

    def compile_when_called(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        def build(bound: Rule, **values: Any) -> tuple[str, str]:
            compiled = compile_now(rule, append_unknown).__get__(bound, None)
            setattr(rule, "_build_unknown" if append_unknown else "_build", compiled)
            return compiled(**values)

        return build

    Rule._compile_builder = compile_when_called
