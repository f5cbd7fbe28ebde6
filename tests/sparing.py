"""A site is made for nearly every test: what takes longest about it is put off until needed, or kept for the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule
from werkzeug.routing.rules import RulePart

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
    """Werkzeug reads each of our 200 addresses for every site, and compiles two functions for it, of which a test calls
    a handful. An engine keeps the text of statements, and nearly all tests of a process have databases at the same two
    addresses."""
    extensions._postgresql, extensions._sqlite = cache(extensions._postgresql), cache(extensions._sqlite)
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": CompiledTemplates()}
    Rule._parse_rule = reading_each_once(Rule._parse_rule)
    compile_now = Rule._compile_builder

    def compile_when_called(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        def build(bound: Rule, **values: Any) -> tuple[str, str]:
            compiled = compile_now(rule, append_unknown).__get__(bound, None)
            setattr(rule, "_build_unknown" if append_unknown else "_build", compiled)
            return compiled(**values)

        return build

    Rule._compile_builder = compile_when_called


def reading_each_once(read: Callable[[Rule, str], Iterable[RulePart]]) -> Callable[[Rule, str], Iterable[RulePart]]:
    """What it also notes at the rule is noted again."""
    known: dict[str, tuple[tuple[RulePart, ...], Rule]] = {}

    def read_once(rule: Rule, address: str) -> Iterable[RulePart]:
        if address not in known:
            first = Rule(rule.rule)
            first.map, first._trace, first._converters = rule.map, [], {}
            known[address] = tuple(read(first, address)), first
        parts, first = known[address]
        rule._trace += first._trace
        rule._converters |= first._converters
        rule.arguments |= set(first._converters)
        return parts

    return read_once
