"""A worker of this instance, put together and run as a program."""

from __future__ import annotations

import logging
import os
import signal

from soundbox.config import Config
from soundbox.engines.catalogue import Catalogue
from soundbox.extensions import db
from soundbox.jobs.ownership import REFUSED_EXIT_CODE, DeviceTaken
from soundbox.jobs.worker import Worker
from soundbox.media.local import LocalMedia
from soundbox.stations.ideas import StationIdeas
from soundbox.webhooks.sender import WebhookSender

from .parent import watch_parent

log = logging.getLogger(__name__)


def build_worker(config: Config) -> Worker:
    catalogue = Catalogue.build(
        config.licence,
        config.weights_folder,
        config.device,
        by_audiocraft=config.kinds_by_audiocraft,
        recorded_voices=config.voices_folder,
    )
    ideas = StationIdeas(config.instance) if config.plays_for_the_room else None
    return Worker(db, catalogue, LocalMedia(config.media_folder), config, config.device, ideas=ideas)


def build_sender(config: Config) -> WebhookSender:
    return WebhookSender(db, config.secret_key(), config.webhook_private_hosts)


def run_worker(config: Config) -> int:
    """Until a signal stops it. Returns the exit code."""
    os.nice(5)  # answering people comes first when both want the processor
    worker = build_worker(config)
    try:
        worker.start()
    except DeviceTaken as taken:
        log.error("%s Stop it first, or set SOUNDBOX_WORKER=none here.", taken)  # noqa: TRY400 - the sentence is enough
        return REFUSED_EXIT_CODE
    build_sender(config).start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    watch_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))
    return worker.run()
