"""XML read as a stream of tags: no tree is held, and a document type or an entity is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Final
from xml.parsers import expat

from demoexam.exchange.failures import FileDamaged, FileDangerous

_CHUNK: Final = 1 << 16
_DEEPEST: Final = 500

Attributes = Mapping[str, str]


@dataclass(frozen=True)
class Listener:
    """What is called as the stream passes; names are local, without prefix and namespace."""

    start: Callable[[str, Attributes], None]
    end: Callable[[str], None]
    text: Callable[[str], None]


def listen(source: IO[bytes], listener: Listener, name: str) -> None:
    """Reads to the end. Raises `FileDamaged` or `FileDangerous` for the file called `name`."""
    parser = expat.ParserCreate(namespace_separator="\n")
    depth = 0

    def refuse(*_: object) -> None:
        raise FileDangerous(name=name, what="внутри него объявлены сущности XML")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise FileDamaged(name=name)
        listener.start(_local(tag), {_local(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(_local(tag))

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = listener.text
    parser.buffer_text = True
    try:
        while chunk := source.read(_CHUNK):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as broken:
        raise FileDamaged(name=name) from broken


def _local(name: str) -> str:
    return name.rpartition("\n")[2]
