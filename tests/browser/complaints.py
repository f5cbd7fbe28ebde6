"""What a page says in the console that nobody wants to read: errors, uncaught exceptions, breaches of the policy."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

# What is typed next replaces a question on its way (`hx-sync`): htmx tells both of these of the one that is dropped.
# Of a connection that is lost it tells `htmx:sendError` besides.
REPLACED = ("htmx:afterRequest", "htmx:sendAbort")


class Complaints:
    def __init__(self) -> None:
        self._said: list[str] = []
        self._expected: list[str] = [*REPLACED]

    def listen_to(self, context: BrowserContext) -> None:
        context.on("console", self._hear)
        context.on("weberror", self._hear_uncaught)

    def leave(self, context: BrowserContext) -> None:
        """What is asked for just when a window closes is broken off, and pages say so."""
        context.remove_listener("console", self._hear)
        context.remove_listener("weberror", self._hear_uncaught)

    def expect(self, *words: str) -> None:
        """The console may name these, because the test asks for a refusal or takes something away."""
        self._expected.extend(words)

    def unexpected(self) -> list[str]:
        return [text for text in self._said if not any(words in text for words in self._expected)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self._said.append(message.text)

    def _hear_uncaught(self, error: WebError) -> None:
        self._said.append(str(error.error))
