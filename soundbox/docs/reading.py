"""The API as people read it: groups, fields, and a curl line that runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from pydantic import BaseModel

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
    fields: list[Field]


@dataclass(frozen=True)
class Endpoint:
    method: str
    path: str
    summary: str
    parameters: list[Field]
    body: list[Field]
    answers: list[Answer]
    curl: str

    @property
    def anchor(self) -> str:
        return f"{self.method}{self.path}".lower().replace("/", "-").replace("{", "").replace("}", "")


@dataclass
class Group:
    name: str
    endpoints: list[Endpoint] = field(default_factory=list)


def groups(app: Flask, base_url: str) -> list[Group]:
    found: dict[str, Group] = {}
    for operation in operations(app):
        group = found.setdefault(operation.description.group, Group(operation.description.group))
        group.endpoints.append(_endpoint(operation, base_url))
    return list(found.values())


def _endpoint(operation: Operation, base_url: str) -> Endpoint:
    promise = operation.description
    return Endpoint(
        method=operation.method.upper(),
        path=operation.path,
        summary=promise.summary,
        parameters=[*_path_fields(operation.path), *_fields(promise.query, "query")],
        body=_fields(promise.body),
        answers=_answers(promise),
        curl=_curl(operation, base_url),
    )


def _answers(promise: Description) -> list[Answer]:
    good = [Answer(status, promise.summary, _fields(model)) for status, model in promise.answers.items()]
    return good + [Answer(status, words, []) for status, words in promise.refusals.items()]


def _path_fields(path: str) -> list[Field]:
    return [Field(name, "string", True, "", "path") for name in PATH_NAME.findall(path)]


def _fields(model: Any, place: str = "") -> list[Field]:
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    schema = model.model_json_schema(mode="serialization")
    required = schema.get("required", [])
    return [
        Field(
            name,
            _type(shape),
            name in required and not _has_default(model, name),
            shape.get("description", ""),
            place,
        )
        for name, shape in schema["properties"].items()
    ]


def _has_default(model: type[BaseModel], name: str) -> bool:
    info = model.model_fields.get(name)
    return info is not None and not info.is_required()


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
