"""Hears that other desktops have sent something to a server, and asks for an exchange."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from demoexam.progress import Progress

if TYPE_CHECKING:
    from demoexam.hub.listening import Listening
    from demoexam.ui.workspace import Workspace

SERVER = "postgresql"  # a file tells nobody of its changes


class Ear(QObject):
    """Listens while there is a server to listen to; `heard` tells the number of a commit."""

    heard = Signal(object)

    def __init__(self, workspace: "Workspace", parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._url = ""
        self._listening: Listening | None = None

    def follow(self, url: str) -> None:
        """Listen at this address; "" or that of a file is silence."""
        address = url if url.startswith(SERVER) else ""
        if address == self._url:
            return
        self.stop()
        self._url = address
        if address:
            self._workspace.run(self._begin, title="", on_done=self._keep, on_refused=_pass_over)

    def stop(self) -> None:
        self._url = ""
        if self._listening is not None:
            self._listening.stop()
            self._listening = None

    def _begin(self, _progress: Progress) -> "tuple[str, Listening | None]":
        from demoexam.hub.listening import Listening
        from demoexam.hub.postgres_hub import PostgresHub
        from demoexam.services.syncing.connection import opened

        url = self._url
        with opened(url) as hub:
            if isinstance(hub, PostgresHub):
                return url, Listening(hub, self.heard.emit)
        return url, None

    def _keep(self, made: "tuple[str, Listening | None]") -> None:
        url, listening = made
        if listening is not None and url == self._url and self._listening is None:
            self._listening = listening
            listening.start()


def _pass_over(_error: Exception) -> None:
    """The exchange by the clock tells what is wrong."""
