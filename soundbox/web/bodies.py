"""What people send, as checked models. Bad input becomes one clear sentence."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Annotated, Any, TypeVar

from flask import request
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from .errors import Refusal

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
PYDANTICS_SUBJECT = re.compile(r"^[A-Z]\w+ should ")  # "String should have at most 32 characters"
PYDANTICS_COUNT = re.compile(r" item(s?) after validation, not \d+$")
KEPT_CONTROLS = "\n\t"
SHOWN = 40  # characters of a name that people chose


def clean_text(text: str) -> str:
    """Without control characters (NUL ends strings elsewhere) and without surrounding blanks."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("is not valid Unicode text") from None
    kept = (c if unicodedata.category(c) != "Cc" or c in KEPT_CONTROLS else " " for c in text)
    return "".join(kept).strip()


def no_boolean(value: Any) -> Any:
    """True would count as 1."""
    if isinstance(value, bool):
        raise ValueError("must be a number")  # noqa: TRY004 - what pydantic turns into a sentence
    return value


Text = Annotated[str, AfterValidator(clean_text)]
Number = Annotated[float, BeforeValidator(no_boolean)]
WholeNumber = Annotated[int, BeforeValidator(no_boolean)]


class Body(BaseModel):
    """A request body or query. Unknown fields are ignored: clients of other ages send some."""

    model_config = ConfigDict(allow_inf_nan=False, extra="ignore")


AnyBody = TypeVar("AnyBody", bound=BaseModel)


def parse_body(model: type[AnyBody]) -> AnyBody:
    """The JSON or form body. Raises `Refusal` 400 and `UnsupportedMediaType`."""
    if request.mimetype in FORMS:
        return checked(model, {k: v for k, v in request.form.items() if v != ""})
    if request.mimetype and request.mimetype != "application/json" and not request.mimetype.endswith("+json"):
        raise UnsupportedMediaType
    return checked(model, _json_object())


def parse_query(model: type[AnyBody]) -> AnyBody:
    return checked(model, {k: v for k, v in request.args.items() if v != ""})


def sent_empty() -> set[str]:
    """The names sent with nothing: an empty field of a form, null in JSON. For what is left as it is otherwise."""
    if request.mimetype in FORMS:
        return {name for name, value in request.form.items() if value == ""}
    values = request.get_json(silent=True)
    return {name for name, value in values.items() if value is None} if isinstance(values, dict) else set()


def checked(model: type[AnyBody], values: dict[str, Any]) -> AnyBody:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        fields: dict[str, str] = {}
        for problem in error.errors():
            fields.setdefault(_field(problem), _words(problem))
        name, words = next(iter(fields.items()))
        subject = name.rpartition(".")[2].replace("_", " ").capitalize()
        message = words if words[:1].isupper() else f"{subject} {words}".strip()
        raise Refusal(400, message, fields=fields) from None


def _json_object() -> dict[str, Any]:
    data = request.get_data()
    if not data:
        return {}
    if not request.mimetype:
        raise UnsupportedMediaType
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        raise Refusal(400, "The body is not valid JSON") from None
    if not isinstance(values, dict):
        raise Refusal(400, "The body must be a JSON object")
    return {name: value for name, value in values.items() if value is not None}


def _field(problem: Any) -> str:
    """Its name; for a value in an object both names: "parameters.tempo"."""
    names = [part[:SHOWN] for part in problem["loc"][:2] if isinstance(part, str)]
    return ".".join(names) or "body"


def _words(problem: Any) -> str:
    message = problem["msg"].removeprefix("Value error, ").replace("Field required", "is required")
    one, many = ("character", "characters") if isinstance(problem["input"], str) else ("entry", "entries")
    message = PYDANTICS_COUNT.sub(lambda found: f" {many if found[1] else one}", message)
    return PYDANTICS_SUBJECT.sub("must ", message)
