"""The commands. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from soundbox import __version__
from soundbox.accounts.audit import audit
from soundbox.accounts.letters import link
from soundbox.accounts.links import AccountLink, Purpose
from soundbox.accounts.models import AccountError, ApiToken, Kind, User
from soundbox.accounts.sessions import DAY_MS
from soundbox.accounts.setup import new_code
from soundbox.accounts.tiers import TIERS
from soundbox.aura import ledger
from soundbox.config import Config, ConfigError
from soundbox.deploy.prepare import prepare
from soundbox.extensions import db
from soundbox.mcp.commands import mcp
from soundbox.presets.house import House
from soundbox.web import logs


def instance_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--instance DIR, anywhere after the command's name."""
    return click.option("--instance", type=click.Path(path_type=Path), help="Folder of database, media and config.")(
        command
    )


def start(instance: Path | None, **overrides: Any) -> Config:
    """Settings read, log set up, schema current. Ends the program with one sentence if a setting is nonsense."""
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        config = Config.load(instance, **given)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
    logs.configure(config.log_level)
    prepare(config)
    return config


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="soundbox")
def main() -> None:
    """Sound Box: make sound with words and share it."""


@main.command()
@instance_option
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
def serve(instance: Path | None, host: str | None, port: int | None) -> None:
    """Run the site and its worker until stopped."""
    from soundbox.deploy.supervisor import require_free_port, serve

    config = start(instance, host=host, port=port)
    try:
        require_free_port(config)
        House(config.instance)
    except ConfigError as error:
        raise click.ClickException(str(error)) from None
    if not config.is_open:
        _print_setup_code(config)
    sys.exit(serve(config))


def _print_setup_code(config: Config) -> None:
    with db.write() as session:
        code = new_code(session)
    if code:
        click.echo(f"Nobody runs this site yet. Enter the code {code} at {config.own_address}/auth/setup", err=True)


@main.command()
@instance_option
def worker(instance: Path | None) -> None:
    """Run a worker alone: it makes the sounds that wait."""
    config = start(instance)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported; several finish at once
    os.environ.setdefault("MPLCONFIGDIR", str(config.instance.resolve() / "matplotlib"))  # keeps its list of fonts
    from soundbox.deploy.worker import run_worker

    sys.exit(run_worker(config))


@main.group()
def user() -> None:
    """People."""


@user.command("add")
@instance_option
@click.argument("name")
@click.option("--tier", type=click.Choice(list(TIERS)), default="free", show_default=True)
@click.option("--admin", is_flag=True, help="May manage everything.")
@click.option("--aura", type=click.IntRange(0, 10**9), default=0, help="Aura to begin with.")
def add_user(instance: Path | None, name: str, tier: str, admin: bool, aura: int) -> None:
    """Add a member; prints a bearer token with all scopes alone on the last line."""
    start(instance)
    try:
        with db.money() as session:
            member = User.add_member(session, name, tier, is_admin=admin)
            if aura:
                reference = f"user:{member.public_id}"
                ledger.credit(session, member.id, aura, ledger.Kind.grant, reference, f"grant:{reference}:begin")
            token = ApiToken.issue(session, member, label="made with soundbox user add")
            audit(session, None, "user.add", f"user:{member.public_id}", name=name, tier=tier, admin=admin, aura=aura)
    except AccountError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name} is a member now ({tier}). This token is shown once:", err=True)
    click.echo(token)


@main.group()
def aura() -> None:
    """The ledger."""


@aura.command()
@instance_option
def verify(instance: Path | None) -> None:
    """Recompute the ledger from its first entry; exit 1 if anything does not agree, and say which entry."""
    from soundbox.aura.verifying import Verification
    from soundbox.jobs.verifying import faults_of_holds

    start(instance)
    with db.snapshot() as session:
        found = Verification.of(session)
        faults = [*found.faults, *faults_of_holds(session, found.open_holds)]
    for fault in faults:
        click.echo(fault)
    held = sum(found.open_holds.values())
    click.echo(f"{found.entries} entries, {held} Aura held for {len(found.open_holds)} jobs, head {found.head}")
    click.echo("The ledger is in order." if not faults else f"{len(faults)} faults.")
    sys.exit(1 if faults else 0)


@user.command("link")
@instance_option
@click.argument("name")
def link_user(instance: Path | None, name: str) -> None:
    """Print a link with which a member chooses a password, once and within a day."""
    config = start(instance)
    with db.write() as session:
        member = User.named(session, name)
        if member is None or member.kind != Kind.member:
            raise click.ClickException(f"There is no member called {name}.")
        secret = AccountLink.issue(session, member, Purpose.password, lasts_ms=DAY_MS)
        audit(session, None, "user.link", f"user:{member.public_id}")
    click.echo(link("reset", secret, config.own_address))


@main.group(invoke_without_command=True)
@instance_option
@click.pass_context
def models(context: click.Context, instance: Path | None) -> None:
    """What each model runs on here, and what the rest would need."""
    from soundbox.engines.catalogue import Catalogue
    from soundbox.engines.inventory import inventory

    if context.invoked_subcommand is not None:
        context.obj = instance
        return
    config = start(instance)
    known = Catalogue.build(
        config.licence,
        config.weights_folder,
        config.device,
        by_audiocraft=config.kinds_by_audiocraft,
        recorded_voices=config.voices_folder,
    )
    for line in inventory(known, config.device):
        click.echo(line)


@models.command()
@instance_option
@click.argument("name")
@click.pass_obj
def pull(given: Path | None, instance: Path | None, name: str) -> None:
    """Fetch the weights NAME (of a model, of published weights, or OWNER/NAME) from the Hugging Face hub."""
    from soundbox.engines.fetching import fetch
    from soundbox.engines.protocol import EngineError

    config = start(instance or given)
    if config.weights_folder is None:
        raise click.ClickException("Say where weights are kept: let SOUNDBOX_MODELS name a folder.")
    try:
        folder = fetch(name, config.weights_folder)
    except EngineError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{name} is in {folder} now; a worker and a web that run must be started again to use it.")


@main.command()
@instance_option
def prune(instance: Path | None) -> None:
    """Sweep files that belong to nothing, old private takes and guests who own nothing; listen to tracks anew."""
    from soundbox.deploy.listening import listen_to_all
    from soundbox.deploy.pruning import prune

    config = start(instance)
    swept = prune(config)
    click.echo(f"{swept.files} files, {swept.tracks} private tracks and {swept.guests} guests swept")
    click.echo(f"{listen_to_all(config)} tracks listened to, so that what sounds like them is found")


@main.group()
def payments() -> None:
    """Money."""


@payments.command()
@instance_option
@click.option("--days", type=click.IntRange(1, 30), default=3, show_default=True, help="Stripe keeps 30.")
def reconcile(instance: Path | None, days: int) -> None:
    """Ask Stripe for what happened there, and make good what was missed."""
    from soundbox.payments.reconciling import CannotReconcile, reconcile

    try:
        found = reconcile(start(instance), days)
    except CannotReconcile as error:
        raise click.ClickException(str(error)) from None
    click.echo(", ".join(f"{outcome} {count}" for outcome, count in sorted(found.items())) or "nothing happened")


@main.command()
@instance_option
@click.option("--tracks", type=click.IntRange(1, 10_000_000), default=200, show_default=True)
def seed(instance: Path | None, tracks: int) -> None:
    """Fill the library with believable public tracks, to look at and to measure."""
    from soundbox.deploy.seeding import seed

    click.echo(f"{seed(start(instance), tracks)} tracks added")


@main.command()
def settings() -> None:
    """Every setting, its default and its meaning, as a Markdown table."""
    from soundbox.docs.settings import settings_table

    click.echo(settings_table())


@main.group()
def bench() -> None:
    """The measurements behind the figures in the README."""


@bench.command()
def journey() -> None:
    """Seconds from asking to hearing, for ten prompts."""
    from soundbox.bench.journey import journey

    click.echo(f"{'model':6} {'length':>7} {'playable after':>15} {'x real time':>12}  prompt")
    for wait in journey():
        figures = f"{wait.duration:>5} s {wait.playable_seconds:>13.2f} s {wait.times_real:>12.1f}"
        click.echo(f"{wait.model:6} {figures}  {wait.prompt}")


@bench.command()
@instance_option
@click.option("--rate", type=click.IntRange(1, 100_000), default=500, show_default=True, help="Votes a second.")
@click.option("--seconds", type=click.IntRange(1, 3600), default=30, show_default=True)
def votes(instance: Path | None, rate: int, seconds: int) -> None:
    """Votes of made-up members on an instance, which keeps them; then the same again with kill -9 in the middle."""
    from soundbox.bench.votes import TooFewTracks, bench_votes

    config = start(instance)
    try:
        made = bench_votes(config, rate, seconds)
    except TooFewTracks as error:
        raise click.ClickException(str(error)) from None
    calm, killed, recount = made.calm, made.killed, made.recount
    lasted = calm.lasted_seconds
    click.echo(f"{db.engine.dialect.name}, {config.mode} mode, {config.threads} threads")
    click.echo(f"offered {rate} votes a second for {seconds} s: {len(calm.answered)} counted, {calm.rate:.0f} a second")
    click.echo(f"p50 {calm.percentile_ms(0.5):.1f} ms, p99 {calm.percentile_ms(0.99):.1f} ms, refused {calm.refused}")
    each = 1000 * made.server_cpu_seconds / max(1, len(calm.answered))
    click.echo(
        f"CPU of one core: server {made.server_cpu_seconds / lasted:.0%} ({each:.2f} ms a vote), "
        f"client {calm.client_cpu_seconds / lasted:.0%}"
    )
    click.echo(f"kill -9 in the middle: {len(killed.answered)} counted before it, {recount.lost} of all lost")
    click.echo(f"recount: {recount.votes} votes, tally {recount.tallied}, {recount.wrong_counters} counters wrong")
    sys.exit(0 if recount.is_exact else 1)


@bench.command()
@click.option("--sheet", type=click.Path(path_type=Path, dir_okay=False), help="Draw the face of each into this PNG.")
@click.option("--only", default="", help="Those whose name contains this.")
@click.option("--seconds", default=30.0, type=click.FloatRange(0.5, 180.0), show_default=True,
              help="Length of the music; short pieces show what every piece costs.")  # fmt: skip
def composer(sheet: Path | None, only: str, seconds: float) -> None:
    """Speed on one core, loudness, brightness and onsets of every style and every effect."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # read when numpy is imported
    from soundbox.bench.composer import every_sound
    from soundbox.bench.sheet import Face, draw_sheet

    click.echo(f"{'':5} {'name':20} {'x real time':>11} {'LUFS':>6} {'dBTP':>5} {'centroid':>9} {'onsets/s':>8}")
    faces = []
    for made in every_sound(only, seconds):
        figures = (
            f"{made.lufs:>6.1f} {made.true_peak_db:>5.1f} {made.centroid_hz:>6.0f} Hz {made.onsets_a_second:>8.2f}"
        )
        click.echo(f"{made.kind:5} {made.name:20} {made.times_real:>11.0f} {figures}")
        if sheet:
            faces.append(Face.of(made.name, made.sound.samples, made.sound.sample_rate))
    if sheet:
        draw_sheet(faces, sheet)


@bench.command()
@instance_option
@click.option("--queries", type=click.IntRange(1, 100_000), default=200, show_default=True)
def alike(instance: Path | None, queries: int) -> None:
    """Sound-alikes in the library that is there: time, candidates, and recall against a look at all of it."""
    from soundbox.bench.alike import alike

    start(instance)
    done = alike(queries)
    click.echo(f"{done.tracks} tracks on {done.database}, {len(done.asked)} asked for")
    for words, name in (("search", "search_ms"), ("twelve tracks", "whole_ms"), ("CPU of them", "cpu_ms")):
        figures = [done.percentile(name, share) for share in (50, 99, 100)]
        click.echo(f"{words:14} p50 {figures[0]:6.1f} ms   p99 {figures[1]:6.1f} ms   most {figures[2]:6.1f} ms")
    click.echo(f"candidates     {done.mean('candidates'):.0f} of {done.tracks}")
    click.echo(f"recall@10      {done.mean('recall'):.3f}   the worst tenth {done.percentile('recall', 10):.2f}")


@bench.command()
@instance_option
@click.option(
    "--rate",
    type=float,
    default=200.0,
    show_default=True,
    help="Requests a second over HTTP; a tenth of it for searches.",
)
@click.option("--rounds", type=click.IntRange(1), default=50, show_default=True, help="Times that each read is run.")
def library(instance: Path | None, rate: float, rounds: int) -> None:
    """Every list, search, count and pick on the database of an instance, then over HTTP."""
    from soundbox.bench.library import every_read
    from soundbox.bench.library_http import over_http

    config = start(instance)
    click.echo(f"{db.engine.dialect.name}, ms{'':42} {'cold':>8} {'p50':>8} {'p99':>8} {'CPU':>8}  found")
    for cost in every_read(rounds):
        figures = f"{cost.cold:>8.2f} {cost.p50:>8.2f} {cost.p99:>8.2f} {cost.cpu:>8.2f}"
        click.echo(f"{cost.name:56} {figures}  {cost.found}")
    if not rate:
        return
    click.echo(f"\nHTTP, ms{'':36} {'a second':>10} {'p50':>8} {'p99':>8} {'longest':>8}  refused  client's CPU")
    for answered in over_http(config, rate):
        made = answered.measured
        figures = " ".join(f"{made.percentile_ms(share):>8.1f}" for share in (0.5, 0.99, 1.0))
        busy = made.client_cpu_seconds / made.lasted_seconds
        click.echo(f"{answered.name:44} {answered.rate:>10g} {figures}  {made.refused or 'none':7}  {busy:.0%}")


@bench.command("live")
@click.option("--station", default="all-music", show_default=True, help="One with something to play.")
@click.option("--listeners", type=click.IntRange(1, 5000), default=1000, show_default=True)
@click.option("--seconds", type=click.FloatRange(5, 600), default=60.0, show_default=True)
@instance_option
def bench_live(instance: Path | None, station: str, listeners: int, seconds: float) -> None:
    """Listeners of a live station behind nginx: what they cost the site."""
    from soundbox.bench.live import NoNginx, live

    config = start(instance)
    try:
        cost = live(config.instance, station, listeners, seconds)
    except NoNginx as error:
        raise click.ClickException(str(error)) from None
    load = cost.load
    click.echo(f"{cost.listeners} listeners for {cost.seconds:.0f} s: {cost.app_percent:.2f} % of a core in the site")
    click.echo(f"{cost.counted} listeners counted")
    click.echo(f"{load.playlists} playlists, {load.segments} segments, {load.megabytes:.0f} MB, {load.refused} refused")


@bench.command()
def programme() -> None:
    """A simulated week of stations of several sizes: repeats, makers, coverage, and the weight of votes."""
    from soundbox.bench.programme import week

    click.echo("tracks  makers  airings  nearest repeat  makers too near  heard  best tenth : without votes")
    for tracks, makers in ((1, 1), (12, 4), (60, 12), (500, 40), (5000, 300)):
        told = week(tracks, makers)
        click.echo(
            f"{told.tracks:>6} {told.makers:>7} {told.airings:>8} {told.nearest_repeat_minutes:>11.1f} min "
            f"{told.makers_too_near:>16} {told.heard_share:>6.1%} {told.best_to_unrated:>10.2f}"
        )


@bench.command()
@instance_option
@click.option("--rounds", type=click.IntRange(1), default=200, show_default=True, help="Times that each is asked for.")
def radio(instance: Path | None, rounds: int) -> None:
    """Every way in which the radio and its stations choose tracks, on the database of an instance."""
    from soundbox.bench.radio import every_choice

    start(instance)
    click.echo(f"{db.engine.dialect.name}, ms{'':42} {'cold':>8} {'p50':>8} {'p99':>8} {'CPU':>8}  found")
    for cost in every_choice(rounds):
        figures = f"{cost.cold:>8.2f} {cost.p50:>8.2f} {cost.p99:>8.2f} {cost.cpu:>8.2f}"
        click.echo(f"{cost.name:56} {figures}  {cost.found}")


@bench.command()
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed is another day.")
def fairness(seed: int) -> None:
    """A made-up day of several hundred people, played through by the rules of the queue: nothing is made."""
    from soundbox.bench.fairness import fairness

    played = fairness(seed)
    click.echo(f"{played.asked} asked for, {played.refused} refused by limits, busy {played.busy:.0%} of the time")
    click.echo(f"{'waited, s':12} {'jobs':>6} {'p50':>7} {'p90':>7} {'most':>7}  error of the time shown, median")
    for wait in played.waits:
        figures = f"{wait.jobs:>6} {wait.p50:>7.0f} {wait.p90:>7.0f} {wait.longest:>7.0f}  {wait.error:.0%}"
        click.echo(f"{wait.name:12} {figures}")
    click.echo("\npart of the work that one person got")
    for kind, (people, part) in sorted(played.shares.items(), key=lambda item: -item[1][1]):
        click.echo(f"{kind:12} {people:>6} people {part:>8.2%} each")
    click.echo(
        f"\nerror of the time shown: median {played.error:.0%}, of waits over a minute {played.error_of_waits:.0%}"
    )
    click.echo(f"starts ahead: {played.bound_used:.0%} of the promised most (median); {played.violations} beyond it")
    sys.exit(1 if played.violations else 0)


main.add_command(mcp)

if __name__ == "__main__":
    main()
