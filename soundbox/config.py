"""Every setting once: its name, type, default and meaning. README's table is made from this file."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "SOUNDBOX_"
MOST_CHOSEN_PROCESSES = 2  # each is another 120 MB; more are the operator's choice
DIALECTS = ("ghost", "ace")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ConfigError(Exception):
    """A setting makes no sense; the message is one sentence that names it."""


class Mode(StrEnum):
    open = "open"
    accounts = "accounts"


class Publish(StrEnum):
    auto = "auto"
    review = "review"


class SmtpSecurity(StrEnum):
    starttls = "starttls"
    tls = "tls"
    none = "none"


class Runner(StrEnum):
    own = "own"
    audiocraft = "audiocraft"


class WorkerKind(StrEnum):
    process = "process"
    thread = "thread"
    none = "none"


Words = Annotated[tuple[str, ...], NoDecode]
PACK = re.compile(r"[\w ]{1,30}:[1-9]\d{0,6}:\d{1,5}\.\d\d")  # name:Aura:price
# Currencies whose smallest coin is not a hundredth; prices here are written with two digits after the point.
WITHOUT_CENTS = re.compile("bif|clp|djf|gnf|jpy|kmf|krw|mga|pyg|rwf|ugx|vnd|vuv|xaf|xof|xpf|bhd|jod|kwd|omr|tnd")


class Config(BaseSettings):
    """Read from `SOUNDBOX_*` variables, then `config.toml` in the instance folder, then these defaults."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    instance: Path = Field(Path("instance"), description="Folder that holds the database, the media and config.toml")
    mode: Mode = Field(
        Mode.open, description="open: every caller is the owner, loopback only; accounts: members and guests"
    )
    host: str = Field("127.0.0.1", description="Address that `soundbox serve` listens on")
    port: int = Field(5309, ge=1, le=65535, description="Port that `soundbox serve` listens on")
    processes: int = Field(
        0, ge=0, le=64, description="Web processes; 0: two on two cores, one where rate limits are counted in memory"
    )
    threads: int = Field(16, ge=2, le=256, description="Web requests each process answers at the same time")
    database: str = Field("", description="SQLAlchemy address; empty: soundbox.sqlite3 in the instance folder")
    worker: WorkerKind = Field(
        WorkerKind.process, description="Where sound is made: process (supervised), thread (inside the web), none"
    )
    device: str = Field(
        "cpu", pattern=r"^[a-z0-9:]{1,16}$", description="Device the worker owns: cpu, cuda:0; one worker each"
    )
    models: str = Field("", description="Folder of model weights, one folder for each; empty: no weights are used")
    engine_music: Runner = Field(
        Runner.own,
        description="What runs checkpoints of MusicGen and MAGNeT that make music: own, or audiocraft itself",
    )
    engine_audio: Runner = Field(
        Runner.own, description="The same for AudioGen and MAGNeT that make sound effects: own, audiocraft"
    )
    voices: str = Field("", description="Folder of recorded voices in piper's form; empty: espeak-ng speaks alone")
    licence: str = Field(
        "CC0-1.0", pattern=r"^[A-Za-z0-9.+-]{1,40}$", description="SPDX licence of what the procedural engine makes"
    )
    queue_limit: int = Field(100, ge=1, le=100_000, description="Waiting jobs in all; beyond it /generate answers 503")
    queue_strict: bool = Field(False, description="Tiers strictly before each other, instead of head starts")
    guests: bool = Field(True, description="May people without an account make sounds (accounts mode)")
    operator_name: str = Field(
        "", max_length=200, description="Who runs this site, as the terms and privacy pages name them"
    )
    operator_contact: str = Field("", max_length=200, description="Where they are reached: an e-mail or web address")
    publish: Publish = Field(
        Publish.auto, description="Public sounds of guests: auto lists them at once, review when an admin has seen them"
    )
    reports_to_hide: int = Field(
        3, ge=0, le=1000, description="People whose reports hide a track until an admin looks; 0: none do"
    )
    skips_on_noncommercial: bool = Field(
        False, description="May skips be paid for on models whose licence forbids commercial use: you say you may"
    )
    plays_for_the_room: int = Field(
        0,
        ge=0,
        le=100_000,
        description="Sounds a day that an idle worker makes for stations that have few; 0: none",
    )
    minimum_free_mb: int = Field(500, ge=0, description="The queue pauses while the disk has less free")
    keep_private_days: int = Field(0, ge=0, description="`soundbox prune` deletes private takes older; 0 keeps them")
    trusted_proxies: int = Field(0, ge=0, le=8, description="Hops of X-Forwarded-* to believe")
    listener_port: int = Field(
        0, ge=0, le=65535, description="UDP port where nginx reports live listeners that it answered; 0: nowhere"
    )
    dialects: Words = Field(
        (), description="Other documents' APIs that are served in accounts mode: ghost, ace; open mode serves all"
    )
    allowed_hosts: Words = Field((), description="Host names answered, comma separated; empty in accounts mode: any")
    cors_origins: Words = Field((), description="Origins whose pages may call the API, comma separated")
    webhook_private_hosts: Words = Field(
        (), description="Hosts (name or name:port) inside your network that webhooks may be sent to, comma separated"
    )
    stream_listeners: int = Field(
        0, ge=0, description="Listeners of stations as MP3, each of whom holds one of the web's threads; 0: no streams"
    )
    accel_redirect: str = Field(
        "", pattern=r"^(/[a-z0-9_/-]*/)?$", description="Internal nginx location of the media folder, such as /media/"
    )
    stripe_secret_key: str = Field("", repr=False, description="Stripe's secret key (sk_...); empty: nothing is sold")
    stripe_webhook_secrets: Words = Field(
        (), repr=False, description="Signing secrets (whsec_...) of the endpoint /stripe/webhook, comma separated"
    )
    stripe_api: str = Field(
        "https://api.stripe.com", pattern=r"^https?://[^/]+$", description="Where Stripe's API answers"
    )
    stripe_pages: Words = Field(
        ("https://checkout.stripe.com", "https://billing.stripe.com"),
        description="Origins of Stripe's own pages, where people pay; add your own domain if Checkout has one",
    )
    currency: str = Field("usd", pattern="^[a-z]{3}$", description="Of all prices; one that has cents")
    aura_packs: Words = Field(
        ("Small:100:2.00", "Medium:275:5.00", "Large:600:10.00"),
        description="Aura that is sold once, each name:Aura:price, comma separated",
    )
    grace_days: int = Field(7, ge=0, le=60, description="Days a tier stays after its renewal could not be paid")
    reads_a_minute: int = Field(
        1200,
        ge=0,
        description="Pages and answers anybody may read a minute, sounds and pictures not counted; 0: no limit",
    )
    rate_limit_storage: str = Field("memory://", description="Where rate limits are counted: memory:// or redis://...")
    public_url: str = Field(
        "",
        pattern=r"^(https?://[^/\s]+)?$",
        description="Where people find this site, such as https://sound.example; links in letters begin with it",
    )
    smtp_host: str = Field("", description="Mail server; empty: letters are printed to the log")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port")
    smtp_security: SmtpSecurity = Field(
        SmtpSecurity.starttls, description="starttls (587), tls (465), or none for a server on this machine"
    )
    smtp_user: str = Field("", description="Name at the mail server; empty: it asks for none")
    smtp_password: str = Field("", repr=False, description="Password at the mail server")
    mail_from: str = Field(
        "Sound Box <soundbox@localhost>", pattern=r"^[^\r\n]+@[^\r\n]+$", description="Who letters come from"
    )
    oidc_issuer: str = Field("", description="OpenID Connect provider to sign in with, by its https:// address")
    oidc_client_id: str = Field("", description="What the provider calls this site")
    oidc_client_secret: str = Field("", repr=False, description="What this site proves that with")
    oidc_name: str = Field("OpenID", max_length=40, description="What people call the provider, on the button")
    log_level: str = Field("info", pattern="^(debug|info|warning|error)$", description="How much is logged to stderr")

    @field_validator(
        *("dialects", "allowed_hosts", "cors_origins", "webhook_private_hosts"),
        *("stripe_webhook_secrets", "stripe_pages", "aura_packs"),
        mode="before",
    )
    @classmethod
    def _split_words(cls, value: Any) -> Any:
        return tuple(word.strip() for word in value.split(",") if word.strip()) if isinstance(value, str) else value

    @field_validator("dialects")
    @classmethod
    def _known_dialects(cls, dialects: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := set(dialects) - set(DIALECTS):
            raise ValueError(f"there is no dialect {min(unknown)!r}; there are {', '.join(DIALECTS)}")
        return dialects

    @field_validator("currency")
    @classmethod
    def _with_cents(cls, value: str) -> str:
        if WITHOUT_CENTS.fullmatch(value):
            raise ValueError("prices are written with two digits after the point, which this currency does not have")
        return value

    @field_validator("aura_packs")
    @classmethod
    def _real_packs(cls, packs: tuple[str, ...]) -> tuple[str, ...]:
        names = [pack.partition(":")[0].lower() for pack in packs]
        if any(not PACK.fullmatch(pack) for pack in packs) or len(set(names)) < len(names):
            raise ValueError("each pack is name:Aura:price, such as Small:100:2.00, and names differ")
        return packs

    @field_validator("oidc_issuer")
    @classmethod
    def _encrypted(cls, issuer: str) -> str:
        address = urlsplit(issuer)
        if issuer and address.scheme != "https" and address.hostname not in LOOPBACK:
            raise ValueError("it must begin with https://, but for one on this machine")
        return issuer

    @model_validator(mode="after")
    def _provider_knows_us(self) -> Config:
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("SOUNDBOX_OIDC_ISSUER needs SOUNDBOX_OIDC_CLIENT_ID beside it")
        return self

    @model_validator(mode="after")
    def _audiocraft_is_there(self) -> Config:
        if self.kinds_by_audiocraft and find_spec("audiocraft") is None:
            kind = min(self.kinds_by_audiocraft).upper()
            raise ValueError(
                f"SOUNDBOX_ENGINE_{kind}=audiocraft, but audiocraft is not installed: "
                "pip install --no-deps audiocraft==1.3.0, and what the README names beside it"
            )
        return self

    @model_validator(mode="after")
    def _threads_are_left(self) -> Config:
        if self.stream_listeners > self.threads // 2:
            raise ValueError(
                f"SOUNDBOX_STREAM_LISTENERS={self.stream_listeners} would leave too few of a process's "
                f"{self.threads} threads for pages: at most half of them may be listeners"
            )
        return self

    @model_validator(mode="after")
    def _money_arrives(self) -> Config:
        if self.stripe_secret_key and not self.stripe_webhook_secrets:
            raise ValueError(
                "SOUNDBOX_STRIPE_SECRET_KEY needs SOUNDBOX_STRIPE_WEBHOOK_SECRETS beside it: "
                "without Stripe's signed events nobody would get what they paid for"
            )
        return self

    @model_validator(mode="after")
    def _open_stays_at_home(self) -> Config:
        if self.mode is Mode.open and self.host not in LOOPBACK:
            raise ValueError(
                f"mode=open makes every caller the owner, so it only listens on 127.0.0.1, not on {self.host}; "
                "set SOUNDBOX_MODE=accounts to go public"
            )
        return self

    @classmethod
    def load(cls, instance: Path | str | None = None, **overrides: Any) -> Config:
        """The settings of an instance folder. Raises `ConfigError`."""
        given: dict[str, Any] = {**overrides, **({"instance": instance} if instance is not None else {})}
        try:
            return cls(**given)
        except ValidationError as error:
            raise ConfigError(_sentence(error)) from None
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"config.toml in the instance folder cannot be read: {error}.") from None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not a place of ours, but part of the signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        folder = init_settings().get("instance") or env_settings().get("instance") or "instance"
        return init_settings, env_settings, _TomlFile(settings_cls, Path(folder) / "config.toml")

    @property
    def is_open(self) -> bool:
        return self.mode is Mode.open

    @property
    def spoken_dialects(self) -> tuple[str, ...]:
        return DIALECTS if self.is_open else self.dialects

    @property
    def own_address(self) -> str:
        """Where links lead that are made without a request."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def sells(self) -> bool:
        """Is there a shop? Not on an open instance, where everything is the owner's."""
        return bool(self.stripe_secret_key) and not self.is_open

    @property
    def stripe_livemode(self) -> bool:
        """Real money, by the key."""
        return self.stripe_secret_key.startswith(("sk_live_", "rk_live_"))

    @property
    def web_processes(self) -> int:
        """As asked, or chosen: a limit counted in memory would be one for each process, and an open instance has next
        to none; a worker that is a thread of the web needs the web to be one."""
        if self.processes:
            return self.processes
        counts_alone = self.rate_limit_storage.startswith("memory:") and not self.is_open
        is_one = counts_alone or self.worker is WorkerKind.thread
        return 1 if is_one else min(MOST_CHOSEN_PROCESSES, len(os.sched_getaffinity(0)))

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{(self.instance / 'soundbox.sqlite3').resolve()}"

    @property
    def media_folder(self) -> Path:
        return (self.instance / "media").resolve()

    @property
    def weights_folder(self) -> Path | None:
        return Path(self.models).expanduser().resolve() if self.models else None

    @property
    def kinds_by_audiocraft(self) -> frozenset[str]:
        """Kinds of models that audiocraft itself runs."""
        runners = {"music": self.engine_music, "audio": self.engine_audio}
        return frozenset(kind for kind, runner in runners.items() if runner is Runner.audiocraft)

    @property
    def voices_folder(self) -> Path | None:
        return Path(self.voices).expanduser().resolve() if self.voices else None

    @property
    def lock_folder(self) -> Path:
        return (self.instance / "locks").resolve()

    def secret_key(self) -> str:
        """Signs short-lived browser state; made once for each instance."""
        path = self.instance / "secret_key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f"secret_key.{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_hex(32))
            try:
                path.hardlink_to(fresh)
            except FileExistsError:
                pass  # another process was first: its key counts
            finally:
                fresh.unlink()
        return path.read_text()


class _TomlFile(PydanticBaseSettingsSource):
    def __init__(self, settings_cls: type[BaseSettings], path: Path):
        super().__init__(settings_cls)
        self.path = path

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        raise NotImplementedError  # the whole file is given at once

    def __call__(self) -> dict[str, Any]:
        return tomllib.loads(self.path.read_text()) if self.path.is_file() else {}


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    reason = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"{reason}."
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        return f"There is no setting named {name}; README lists the settings."
    field = Config.model_fields.get(name)
    given = f"={first['input']!r}" if field is not None and field.repr else ""  # secrets are not told
    return f"{PREFIX}{name.upper()}{given} is not possible: {reason}."
