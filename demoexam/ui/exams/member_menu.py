"""What can be done with a member of an expert group: the same menu on the card and the board."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from demoexam.rules.terms import ROLE_NAMES, Answer, Role
from demoexam.services.exams.view import Member
from demoexam.ui.exams.exam_words import ANSWERS


@dataclass(frozen=True)
class MemberDeeds:
    """What the menu's lines do; the first word of each is the assignment's id."""

    answer: Callable[[str, Answer], object]
    role: Callable[[str, Role], object]
    replace: Callable[[str], object]
    remove: Callable[[str], object]
    release: Callable[[str], object]
    expert: Callable[[str], object]  # by the expert's own id
    duties: Callable[[], object]


def member_menu(parent: QWidget, member: Member, deeds: MemberDeeds) -> QMenu:
    """Answers, the role, the duties, another expert in his place."""
    menu, ident = QMenu(parent), member.assignment_id
    if member.held:
        menu.addAction("Вернуть в план", partial(deeds.release, ident))
        menu.addSeparator()
    for answer, (words, _, _) in ANSWERS.items():
        action = menu.addAction(words, partial(deeds.answer, ident, answer))
        action.setCheckable(True)
        action.setChecked(member.answer is answer)
    menu.addSeparator()
    roles = menu.addMenu("Роль")
    for role, name in ROLE_NAMES.items():
        words = name[:1].upper() + name[1:]
        action = roles.addAction(words, partial(deeds.role, ident, role))
        action.setCheckable(True)
        action.setChecked(member.role is role)
    menu.addAction("Обязанности группы…", deeds.duties)
    menu.addSeparator()
    menu.addAction("Заменить\tEnter", partial(deeds.replace, ident))
    menu.addAction("Снять с экзамена\tDel", partial(deeds.remove, ident))
    menu.addAction("Открыть карточку эксперта", partial(deeds.expert, member.expert_id))
    return menu
