"""The routes that only a public site has keep what the document says of them."""

from __future__ import annotations

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from soundbox.docs.openapi import document, operations
from tests.docs.conftest import database_url  # noqa: F401 - once, on the stricter database
from tests.docs.test_openapi import CHECKS, QUIETLY

OURS = ("/auth/", "/settings/password", "/settings/email", "/settings/browsers")


def test_the_document_of_a_public_site_is_valid_and_has_a_page(public_app: Flask, nobody: FlaskClient) -> None:
    OPENAPI_31_VALIDATOR.validate(document(public_app))
    paths = {operation.path for operation in operations(public_app)}
    assert {"/auth/login", "/auth/register", "/auth/logout", "/settings/password"} <= paths
    page = nobody.get("/docs", headers={"Accept": "text/html"})
    assert page.status_code == 200 and "/auth/register" in page.text


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_whatever_is_sent_gets_what_is_documented(public_app: Flask, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_wsgi("/openapi.json", public_app)
    found = [one.ok() for one in schema.get_all_operations()]
    ours = [operation for operation in found if operation.path.startswith(OURS)]
    assert len(ours) > 10
    for operation in ours:

        @QUIETLY
        @given(case=operation.as_strategy(generation_mode=mode))
        def keeps_its_word(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        try:
            keeps_its_word()
        except Unsatisfiable:
            continue  # nothing about this operation can be made wrong
