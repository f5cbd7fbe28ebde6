"""The OpenAPI 3.1 document, made from what the views promise: every route is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from pydantic import BaseModel, TypeAdapter
from werkzeug.routing import Rule

from soundbox import __version__
from soundbox.web.describe import Description, description_of
from soundbox.web.errors import says_detail

COMPONENTS = "#/components/schemas/{model}"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
WRITES = ("post", "put", "patch", "delete")


class ErrorAnswer(BaseModel):
    error: str


class DetailAnswer(BaseModel):
    """As other documents tell of failures."""

    detail: str


@dataclass(frozen=True)
class Operation:
    path: str  # /job/{job_id}
    method: str  # get
    endpoint: str
    description: Description
    error: type[BaseModel] = ErrorAnswer


def operations(app: Flask) -> Iterator[Operation]:
    """Every route of the site, sorted by path; a route without a description is a fault and raises."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.rule.startswith("/static/"):
            continue
        description = description_of(app.view_functions[rule.endpoint])
        if description is None:
            raise LookupError(f"The view behind {rule.rule} does not say what it promises: use @describe.")
        error = DetailAnswer if says_detail(app, rule.rule) else ErrorAnswer
        for method in sorted(_methods(rule)):
            yield Operation(PARAMETER.sub(r"{\1}", rule.rule), method, rule.endpoint, description, error)


def document(app: Flask) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    schemas = _Schemas()
    for operation in operations(app):
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sound Box",
            "version": __version__,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"bearer": []}],
    }


class _Schemas:
    """JSON schemas of pydantic models, each once."""

    def __init__(self) -> None:
        self.components: dict[str, Any] = {}

    def of(self, annotation: Any, mode: Any = "serialization") -> dict[str, Any]:
        schema = TypeAdapter(annotation).json_schema(ref_template=COMPONENTS, mode=mode)
        self.components.update(schema.pop("$defs", {}))
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            self.components[annotation.__name__] = schema
            return {"$ref": COMPONENTS.format(model=annotation.__name__)}
        return schema


def _methods(rule: Rule) -> set[str]:
    return {method.lower() for method in rule.methods or ()} - {"head", "options"}


def _operation(operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    promise = operation.description
    shape: dict[str, Any] = {
        "operationId": f"{operation.endpoint}.{operation.method}",
        "tags": [promise.group],
        "summary": promise.summary,
        "parameters": [*_path_parameters(operation.path), *_query_parameters(promise, schemas), *_headers(promise)],
        "responses": _responses(operation, schemas),
    }
    if promise.body is not None:
        shape["requestBody"] = _body(promise.body, schemas)
    elif promise.upload:
        shape["requestBody"] = _file(promise.upload)
    return shape


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _query_parameters(promise: Description, schemas: _Schemas) -> list[dict[str, Any]]:
    if promise.query is None:
        return []
    schema = promise.query.model_json_schema(ref_template=COMPONENTS)
    schemas.components.update(schema.pop("$defs", {}))
    return [
        {"name": name, "in": "query", "required": False, "schema": {k: v for k, v in field.items() if k != "title"}}
        for name, field in schema["properties"].items()
    ]


def _headers(promise: Description) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "header", "required": False, "description": words, "schema": {"type": "string"}}
        for name, words in promise.headers.items()
    ]


def _body(model: type[BaseModel], schemas: _Schemas) -> dict[str, Any]:
    schema = schemas.of(model, "validation")
    kinds = ("application/json", "application/x-www-form-urlencoded")
    return {
        "required": bool(model.model_json_schema().get("required")),
        "content": {kind: {"schema": schema} for kind in kinds},
    }


def _file(field: str) -> dict[str, Any]:
    schema = {"type": "object", "required": [field], "properties": {field: {"type": "string", "format": "binary"}}}
    return {"required": True, "content": {"multipart/form-data": {"schema": schema}}}


def _responses(operation: Operation, schemas: _Schemas) -> dict[str, Any]:
    promise = operation.description
    responses = {str(status): _answer(promise, answer, schemas) for status, answer in promise.answers.items()}
    if promise.has_page and operation.method in WRITES:
        responses["303"] = {"description": "A form is led on to the page that shows what came of it"}
    for status, words in _refusals(operation).items():
        responses.setdefault(str(status), _refusal(operation, words, schemas))
    return responses


def _answer(promise: Description, answer: Any, schemas: _Schemas) -> dict[str, Any]:
    if answer is None:
        return {"description": "Nothing to say"}
    if answer is bytes:
        return {"description": promise.summary, "content": {kind: {} for kind in promise.media}}
    content: dict[str, Any] = {"application/json": {"schema": schemas.of(answer)}}
    if promise.has_page:
        content["text/html"] = {"schema": {"type": "string"}}
    content |= {kind: {} for kind in promise.media}
    return {"description": promise.summary, "content": content}


def _refusals(operation: Operation) -> dict[int, str]:
    """What every route of its kind may answer besides."""
    words = {401: "The token is not valid", 429: "Rate limit exceeded"}
    if operation.description.body or operation.description.query:
        words[400] = "Something in it is not possible; the sentence says what"
    if "{" in operation.path:
        words[404] = "Not found"
    if operation.method in WRITES:
        words |= {403: "Not yours, or sent from another site", 413: "Too large", 415: "Neither JSON nor a form"}
        words[400] = "Something in it is not possible; the sentence says what"
    return words | dict(operation.description.refusals)


def _refusal(operation: Operation, words: str, schemas: _Schemas) -> dict[str, Any]:
    content: dict[str, Any] = {"application/json": {"schema": schemas.of(operation.error)}}
    if operation.error is ErrorAnswer:
        content |= {"application/problem+json": {}, "text/html": {}}
    return {"description": words, "content": content}
