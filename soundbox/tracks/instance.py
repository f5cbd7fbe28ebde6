"""What the running site has at hand: its media folder and its catalogue of models."""

from __future__ import annotations

from flask import Flask, current_app

from soundbox.config import Config
from soundbox.engines.catalogue import Catalogue
from soundbox.media.local import LocalMedia


def init_app(app: Flask, config: Config) -> None:
    app.extensions["soundbox_media"] = LocalMedia(config.media_folder)
    app.extensions["soundbox_catalogue"] = Catalogue.build(
        config.licence,
        config.weights_folder,
        config.device,
        by_audiocraft=config.kinds_by_audiocraft,
        recorded_voices=config.voices_folder,
    )


def media() -> LocalMedia:
    store: LocalMedia = current_app.extensions["soundbox_media"]
    return store


def catalogue() -> Catalogue:
    models: Catalogue = current_app.extensions["soundbox_catalogue"]
    return models


def settings() -> Config:
    config: Config = current_app.config["SOUNDBOX"]
    return config
