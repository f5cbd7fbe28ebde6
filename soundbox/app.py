"""The table of contents: configuration, shared machinery, web manners, features."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from .accounts import closing_routes as closing
from .accounts import email_routes as emails
from .accounts import export_routes as export
from .accounts import identity_routes as identities
from .accounts import oidc_routes as oidc
from .accounts import password_routes as passwords
from .accounts import principal
from .accounts import routes as accounts
from .accounts import second_factor_routes as second_factor
from .accounts import session_routes as sessions
from .accounts import settings_routes as settings
from .accounts import setup_routes as setup
from .accounts import token_routes as tokens
from .accounts.models import sha256
from .admin import ledger_routes as admin_ledger
from .admin import payment_routes as admin_payments
from .admin import people_routes as people
from .admin import queue_routes as admin_queue
from .admin import routes as admin
from .alikes import routes as alikes
from .aura import routes as ledger
from .config import Config
from .dialects import ace, ghost
from .discovery import routes as discovery
from .docs import routes as docs
from .extensions import db, limiter
from .favorites import routes as favorites
from .favorites.models import Favorite
from .feeds import routes as feeds
from .feeds import station_routes as station_feeds
from .generation import header
from .generation import routes as generation
from .generation import voice_routes as voices
from .jobs import listen_routes as listen
from .jobs import routes as jobs
from .jobs import skip_routes as skips
from .library import count_routes as counts
from .library import routes as library
from .library import storage_routes as storage
from .live import request_routes as station_requests
from .live import routes as live
from .live import stream_routes as stream
from .makers import routes as makers
from .moderation import routes as moderation
from .payments import order_routes as orders
from .payments import routes as payments
from .payments import webhook_routes as stripe_webhook
from .playlists import pack_routes as packs
from .playlists import routes as playlists
from .playlists import track_routes as playlist_tracks
from .plays import routes as plays
from .presets import house
from .presets import routes as presets
from .radio import routes as radio
from .radio import track_routes as radio_tracks
from .searches import routes as searches
from .stations import admin_routes as station_desk
from .stations import covers
from .stations import routes as stations
from .status import reporting
from .status import routes as status
from .tags import routes as tags
from .terms import routes as terms
from .tracks import instance
from .tracks import routes as tracks
from .tracks.cards import MARKS
from .undo import routes as undo
from .votes import routes as votes
from .votes.models import Vote
from .web import browser_state, errors, headers, logs, origin, pages, paths, quotas, respond, scripts, styles
from .webhooks import routes as webhooks

FEATURES = (
    radio,
    radio_tracks,
    stations,
    station_desk,
    live,
    stream,
    station_requests,
    generation,
    voices,
    jobs,
    listen,
    library,
    counts,
    storage,
    alikes,
    makers,
    votes,
    favorites,
    presets,
    playlists,
    playlist_tracks,
    packs,
    tags,
    moderation,
    plays,
    searches,
    payments,
    tracks,
    status,
    reporting,
    admin,
    admin_queue,
    terms,
    feeds,
    station_feeds,
    undo,
    webhooks,
    discovery,
    docs,
)
ACCOUNTS = (
    accounts,
    passwords,
    emails,
    sessions,
    setup,
    tokens,
    export,
    closing,
    second_factor,
    oidc,
    identities,
    settings,
    people,
    admin_ledger,
    admin_payments,
    skips,
    ledger,
    orders,
    stripe_webhook,
)  # there is nobody to sign in on an open instance
DIALECTS = {"ghost": ghost, "ace": ace}  # other documents' paths over the same verbs

ROOT = Path(__file__).resolve().parent.parent
STATIC_SECONDS = 300
LARGEST_BODY_BYTES = 256 * 1024


def create_app(config: Config | None = None) -> Flask:
    """The site over one instance folder, whose database has the current schema."""
    config = config or Config.load()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    configure(app, config)
    answer_http(app)
    add_features(app, config)
    return app


def configure(app: Flask, config: Config) -> None:
    config.media_folder.mkdir(parents=True, exist_ok=True)
    app.config.update(
        SOUNDBOX=config,
        SECRET_KEY=config.secret_key(),
        SEND_FILE_MAX_AGE_DEFAULT=STATIC_SECONDS,
        MAX_CONTENT_LENGTH=LARGEST_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY_BYTES,
        RATELIMIT_STORAGE_URI=config.rate_limit_storage,
        RATELIMIT_STORAGE_OPTIONS={"key_prefix": sha256(config.secret_key())[:12]},  # instances may share a Redis
    )
    db.bind(config.database_url)
    if hops := config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def answer_http(app: Flask) -> None:
    """Manners of every answer, in the order in which they see a request."""
    logs.init_app(app)
    headers.init_app(app)
    browser_state.init_app(app)
    app.after_request(respond.vary)
    origin.init_app(app)
    paths.init_app(app)
    errors.init_app(app)
    pages.init_app(app)
    styles.init_app(app)
    scripts.init_app(app)
    principal.init_app(app)
    limiter.init_app(app)
    quotas.init_app(app)


def add_features(app: Flask, config: Config) -> None:
    instance.init_app(app, config)
    house.init_app(app, config)
    header.init_app(app)
    covers.init_app(app)
    MARKS.update(my_vote=Vote.by, is_favorite=Favorite.by)
    for feature in FEATURES if config.is_open else (*FEATURES, *ACCOUNTS):
        app.register_blueprint(feature.blueprint)
    for dialect in map(DIALECTS.__getitem__, config.spoken_dialects):
        app.register_blueprint(dialect.blueprint)
        errors.speak_as_documented(app, *dialect.PREFIXES)
