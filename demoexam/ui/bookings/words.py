"""How bookings are named and coloured: a sign, a colour and a word for each purpose."""

from typing import NamedTuple

from demoexam.rules.plan import Slot
from demoexam.rules.terms import PURPOSE_NAMES, BookingPurpose
from demoexam.services.bookings.checks import slot_words


class Look(NamedTuple):
    """Its short word, its icon and the name of its colours: `x`, `x_bg`, `x_text`."""

    word: str
    icon: str
    tint: str


LOOKS = {
    BookingPurpose.EXAM: Look("ДЭ", "clipboard-check", "accent"),
    BookingPurpose.LESSONS: Look("Занятия", "book-open", "grey"),
    BookingPurpose.SHORT_COURSE: Look("Короткая программа", "handshake", "teal"),
    BookingPurpose.PROJECT: Look("Проект", "landmark", "ok"),
    BookingPurpose.CAREER_GUIDANCE: Look("Профориентация", "compass", "violet"),
    BookingPurpose.SHARED_USE: Look("Сетевое", "network", "pink"),
    BookingPurpose.BROADCAST: Look("Трансляция", "radio", "warn"),
    BookingPurpose.CLOSED: Look("Закрыта", "lock", "bad"),
}
OFFERED = tuple(
    (purpose, PURPOSE_NAMES[purpose])
    for purpose in BookingPurpose
    if purpose not in {BookingPurpose.EXAM, BookingPurpose.CLOSED}
)


def operation(verb: str, purpose: BookingPurpose, workshop: str, slot: Slot) -> str:
    """«бронь: Токарная № 1, занятия, пн 1 июня, 09:00–12:00», for the journal."""
    return f"{verb}: {workshop}, {LOOKS[purpose].word.lower()}, {slot_words(slot)}"
