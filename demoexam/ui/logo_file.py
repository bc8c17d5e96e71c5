"""A picture of any size becomes the college's logo: a small PNG on white, as paper is."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from demoexam.documents.logo import MOST_BYTES, MOST_SIDE, sound_logo
from demoexam.errors import Refused

KINDS = frozenset({b"png", b"jpeg", b"svg"})
MOST_FILE, MOST_DRAWING = 10 * 1024 * 1024, 1024 * 1024  # bytes; the second of an SVG
MOST_PIXELS = 40_000_000  # before it is made smaller: more than any camera's logo needs
DENSEST = 100  # of a PNG's compression
ADVICE = "Выберите картинку PNG, JPEG или SVG."


def logo_from(path: Path) -> bytes:
    """The picture of a file as a PNG that papers take; off the GUI thread, please."""
    content = _content(path)
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    image = _on_white(_read(QImageReader(buffer), len(content)))
    png = _png(image)
    while len(png) > MOST_BYTES:
        image = _smaller(image, 0.95 * (MOST_BYTES / len(png)) ** 0.5)
        png = _png(image)
    logo = sound_logo(png)
    if logo is None:
        raise Refused("Из этой картинки логотип не получился.", ADVICE)
    return logo.png


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_FILE:
            raise Refused("Файл логотипа больше 10 МБ.", "Сохраните картинку поменьше.")
        return path.read_bytes()
    except OSError:
        raise Refused("Файл логотипа не читается.", "Проверьте, что он на месте.") from None


def _read(reader: QImageReader, length: int) -> QImage:
    """Made smaller while it is read, so that a huge one never stands in memory whole."""
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)  # a phone's photo lies on its side
    kind = bytes(reader.format().data())
    if kind not in KINDS:
        raise Refused("Это не картинка, которую можно печатать.", ADVICE)
    size = reader.size()
    drawn = kind == b"svg"
    if size.width() * size.height() > MOST_PIXELS or (drawn and length > MOST_DRAWING):
        raise Refused("Картинка слишком большая.", "Сохраните её поменьше: хватит 600 точек.")
    if drawn or max(size.width(), size.height()) > MOST_SIDE:
        reader.setScaledSize(_within(size))
    image = reader.read()
    if image.isNull() or size.isEmpty():
        raise Refused("Картинка повреждена: прочитать её не удалось.", ADVICE)
    return image


def _within(size: QSize) -> QSize:
    box = QSize(MOST_SIDE, MOST_SIDE)
    return size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _on_white(image: QImage) -> QImage:
    """Opaque, and grey if it has no colours."""
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    blank = paper.copy()
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    if paper == blank:
        raise Refused("На белой бумаге эту картинку не видно.", "Выберите тёмный логотип.")
    grey = paper.allGray()
    return paper.convertToFormat(
        QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    )


def _smaller(image: QImage, part: float) -> QImage:
    side = max(int(max(image.width(), image.height()) * part), 1)
    box = image.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    made = image.scaled(
        box.expandedTo(QSize(1, 1)),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return made.convertToFormat(image.format())


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setCompression(DENSEST)
    if not writer.write(image):
        raise Refused("Из этой картинки логотип не получился.", ADVICE)
    return bytes(buffer.data().data())
