"""The API as people read it: groups, fields, and a curl line that runs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from pydantic import BaseModel, TypeAdapter

from soundbox.web.describe import Description

from .openapi import Operation, operations

PATH_NAME = re.compile(r"{(\w+)}")


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    required: bool
    description: str
    place: str = ""  # of a parameter: path or query


@dataclass(frozen=True)
class Answer:
    status: int
    description: str
    type: str  # "" for what is no JSON


@dataclass(frozen=True)
class Shape:
    """What answers are made of, told once however many have it: fields, or the values of a choice."""

    name: str
    fields: list[Field]
    values: list[str]


@dataclass(frozen=True)
class Door:
    """Where an endpoint is reached, as others have it or by a plain form, too."""

    method: str
    path: str
    curl: str


@dataclass(frozen=True)
class Endpoint:
    doors: list[Door]
    summary: str
    parameters: list[Field]
    body: list[Field]
    answers: list[Answer]


@dataclass
class Group:
    name: str
    endpoints: list[Endpoint] = field(default_factory=list)


def groups(app: Flask, base_url: str) -> list[Group]:
    by_view: dict[int, list[Operation]] = {}
    for operation in operations(app):
        by_view.setdefault(id(operation.description), []).append(operation)
    found: dict[str, Group] = {}
    for doors in by_view.values():
        name = doors[0].description.group
        found.setdefault(name, Group(name)).endpoints.append(_endpoint(doors, base_url))
    return list(found.values())


def shapes(app: Flask) -> list[Shape]:
    """By name: every shape that an answer is or has in it."""
    schemas: dict[str, dict[str, Any]] = {}
    for operation in operations(app):
        for model in filter(_is_told, operation.description.answers.values()):
            schema = _schema(model)
            schemas.update(schema.get("$defs", {}))
            if _is_model(model):
                schemas[model.__name__] = schema
    return [_shape(name, schema) for name, schema in sorted(schemas.items())]


def _shape(name: str, schema: Mapping[str, Any]) -> Shape:
    return Shape(name, _fields_of(schema), [str(value) for value in schema.get("enum", [])])


def _endpoint(operations: list[Operation], base_url: str) -> Endpoint:
    """All of one view."""
    promise = operations[0].description
    return Endpoint(
        doors=[Door(one.method.upper(), one.path, _curl(one, base_url)) for one in operations],
        summary=promise.summary,
        parameters=[*_path_fields(operations), *_fields(promise.query, "query")],
        body=_fields(promise.body),
        answers=_answers(promise),
    )


def _answers(promise: Description) -> list[Answer]:
    good = [Answer(status, "", _answered(model)) for status, model in promise.answers.items()]
    return good + [Answer(status, words, "") for status, words in promise.refusals.items()]


def _answered(model: Any) -> str:
    if not _is_told(model):
        return ""
    return str(model.__name__) if _is_model(model) else _type(_schema(model))


def _is_told(model: Any) -> bool:
    """Files and empty answers have no fields."""
    return model not in (None, bytes, str)


def _is_model(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, BaseModel)


def _schema(model: Any) -> dict[str, Any]:
    return TypeAdapter(model).json_schema(mode="serialization")


def _path_fields(operations: list[Operation]) -> list[Field]:
    names = dict.fromkeys(name for one in operations for name in PATH_NAME.findall(one.path))
    return [Field(name, "string", True, "", "path") for name in names]


def _fields(model: Any, place: str = "") -> list[Field]:
    if not _is_model(model):
        return []
    needed = {name for name, info in model.model_fields.items() if info.is_required()}
    return _fields_of(_schema(model), needed, place)


def _fields_of(schema: Mapping[str, Any], needed: Set[str] = frozenset(), place: str = "") -> list[Field]:
    return [
        Field(name, _type(shape), name in needed, shape.get("description", ""), place)
        for name, shape in schema.get("properties", {}).items()
    ]


def _type(shape: Mapping[str, Any]) -> str:
    if "anyOf" in shape:
        return " or ".join(dict.fromkeys(_type(option) for option in shape["anyOf"]))
    if "$ref" in shape:
        return str(shape["$ref"].rsplit("/", 1)[-1])
    if shape.get("type") == "array":
        return f"list of {_type(shape.get('items', {}))}"
    return str(shape.get("type", "any"))


def _curl(operation: Operation, base_url: str) -> str:
    """Runs as printed; what stands in braces is yours to fill in."""
    demanded = [field.name for field in _fields(operation.description.query) if field.required]
    query = "?" + "&".join(f"{name}={{{name}}}" for name in demanded) if demanded else ""
    address = f"'{base_url.rstrip('/')}{operation.path}{query}'"
    if operation.method == "get":
        return f"curl -H 'Accept: application/json' {address}"
    lines = f"curl -X {operation.method.upper()} {address}"
    if operation.description.upload:
        return f"{lines} -F '{operation.description.upload}=@{{sound}}'"
    if operation.description.body is None:
        return lines
    return f"{lines} -H 'Content-Type: application/json' -d '{operation.description.example or '{}'}'"
