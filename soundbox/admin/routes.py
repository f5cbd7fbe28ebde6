"""Running the site: how it is, its models, and the log of what was done."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, url_for

from soundbox.accounts.admins import demand_admin
from soundbox.extensions import db
from soundbox.jobs.line import Line
from soundbox.status.models import BrowserError
from soundbox.tracks.instance import catalogue, settings
from soundbox.web.bodies import parse_query
from soundbox.web.describe import describe
from soundbox.web.respond import respond

from .answers import AuditAnswer, AuditQuery, AuditRow, BrowserErrorRow, ModelsAnswer, OverviewAnswer
from .auditing import PER_PAGE, as_csv, entries
from .health import facts
from .models_here import models_here
from .queue import Failures

blueprint = Blueprint("admin", __name__)

ADMINS_ONLY = {403: "Only admins may do this"}
ERRORS_SHOWN = 20


@blueprint.get("/admin")
@describe("Admin", "How the site is", answers={200: OverviewAnswer}, has_page=True, refusals=ADMINS_ONLY)
def index() -> Response:
    demand_admin()
    config = settings()
    with db.read() as session:
        told = facts(session, config, Line.read(session, config), Failures.read(session))
        errors = [BrowserErrorRow.of(row) for row in BrowserError.newest(session, ERRORS_SHOWN)]
    answer = OverviewAnswer(facts=told, browser_errors=errors)
    return respond(answer, template="admin/index.html", overview=answer)


@blueprint.get("/admin/models")
@describe("Admin", "What each model runs on here", answers={200: ModelsAnswer}, has_page=True, refusals=ADMINS_ONLY)
def models() -> Response:
    demand_admin()
    with db.read() as session:
        answer = ModelsAnswer(models=models_here(session, catalogue(), settings()))
    return respond(answer, template="admin/models.html", models_here=answer.models)


@blueprint.get("/admin/audit")
@describe("Admin", "What those who run the site did, the newest first", query=AuditQuery, answers={200: AuditAnswer},
          has_page=True, refusals=ADMINS_ONLY)  # fmt: skip
def audit() -> Response:
    demand_admin()
    query = parse_query(AuditQuery)
    with db.read() as session:
        found = entries(session, query)
    rows = [AuditRow.of(entry) for entry in found[:PER_PAGE]]
    asked = query.model_dump(exclude_defaults=True)
    onward = url_for(".audit", **{**asked, "before": rows[-1].id}) if len(found) > PER_PAGE else None
    table = url_for(".audit_csv", **asked)
    answer = AuditAnswer(entries=rows, next=onward)
    return respond(answer, template="admin/audit.html", entries=rows, query=query, onward=onward, table=table)


@blueprint.get("/admin/audit.csv")
@describe("Admin", "The same as a table, all of it", query=AuditQuery, answers={200: bytes}, media=("text/csv",),
          refusals=ADMINS_ONLY)  # fmt: skip
def audit_csv() -> Response:
    demand_admin()
    response = current_app.response_class(as_csv(parse_query(AuditQuery)), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename="audit.csv")
    response.headers["Cache-Control"] = "no-store"
    return response
