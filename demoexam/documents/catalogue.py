"""The list of forms by code, and what a form lacks before it can be printed as ready."""

from demoexam.documents.forms.acquaintance import ACQUAINTANCE
from demoexam.documents.forms.admission import ADMISSION
from demoexam.documents.forms.board_meeting import BOARD_MEETING
from demoexam.documents.forms.criteria import CRITERIA
from demoexam.documents.forms.duties import DUTIES
from demoexam.documents.forms.early_end import EARLY_END
from demoexam.documents.forms.grades import GRADES
from demoexam.documents.forms.order import ORDER
from demoexam.documents.forms.plan import PLAN
from demoexam.documents.forms.plan_changes import PLAN_CHANGES
from demoexam.documents.forms.protocol import PROTOCOL
from demoexam.documents.forms.qualification import QUALIFICATION
from demoexam.documents.forms.readiness import READINESS
from demoexam.documents.forms.registration import REGISTRATION
from demoexam.documents.forms.removal import REMOVAL
from demoexam.documents.forms.safety import SAFETY
from demoexam.documents.forms.season_plan import BY_DAY, BY_WORKSHOP
from demoexam.documents.forms.secretary import SECRETARY_ELECTION
from demoexam.documents.forms.share import SHARE
from demoexam.documents.forms.task import TASK
from demoexam.documents.forms.time_log import TIME_LOG
from demoexam.documents.forms.workplaces import WORKPLACES
from demoexam.documents.template import Filling, Template

FORMS: dict[str, Template] = {
    template.code: template
    for template in (
        ORDER,
        PLAN,
        ACQUAINTANCE,
        READINESS,
        DUTIES,
        REGISTRATION,
        ADMISSION,
        SAFETY,
        WORKPLACES,
        TASK,
        PROTOCOL,
        TIME_LOG,
        REMOVAL,
        EARLY_END,
        BOARD_MEETING,
        GRADES,
        QUALIFICATION,
        SECRETARY_ELECTION,
        CRITERIA,
        SHARE,
    )
}
SEASON_FORMS: dict[str, Template] = {
    template.code: template for template in (BY_WORKSHOP, BY_DAY, PLAN_CHANGES)
}
EDITABLE = {**FORMS, **SEASON_FORMS}  # what a college may have its own wording of
SITTING_FORMS = tuple(code for code, template in FORMS.items() if template.about == "sitting")

MISSING = {
    "specialty": "Не указана специальность.",
    "kit": "Не выбран комплект оценочной документации.",
    "center": "Не выбрана мастерская: не печатается ЦПДЭ.",
    "address": "Не указан адрес ЦПДЭ.",
    "study_group": "Не указана учебная группа.",
    "check_day": "Не назначен подготовительный день.",
    "chief": "Не назначен главный эксперт.",
    "technical": "Не назначен технический эксперт.",
    "scoring": "Не назначены эксперты, которые оценивают.",
    "duties": "Не распределены обязанности экспертов.",
    "representative": "Не указан представитель организации, на базе которой создан ЦПДЭ.",
    "board_member": "Не назначен член ГЭК.",
    "board_order": "Не указан приказ о составе ГЭК.",
    "chair": "Не указан председатель ГЭК этого года.",
    "board_members": "Не указаны члены ГЭК этого года.",
    "secretary": "Не указан секретарь ГЭК этого года.",
    "names": "Нет списка участников: напечатаны пустые строки.",
    "draw_seed": "Жеребьёвка программой не проведена: зерна нет, в бланке место для записи.",
    "modules": "В комплекте не указаны модули: графы баллов не печатаются.",
    "places_known": "Рабочие места не распределены.",
    "variants_known": "Варианты задания не указаны: графа пустая.",
    "results": "Баллы не внесены: графы пустые.",
    "experts": "За год нет ни одного эксперта с назначением.",
    "coordinator": "Не указано имя координатора.",
    "director": "Не указан руководитель колледжа.",
    "deputy": "Не указан заместитель директора, который подписывает план.",
    "executor": "Не указано, кто доводит приказ до сведения.",
    "season_kits": "За год нет экзаменов по специальности.",
    "appointed": "На год не назначен ни один главный эксперт по специальности.",
    "season_scoring": "На год не назначены эксперты, которые оценивают, по специальности.",
}
# Known on the day of the exam or after it: until then their blanks are as they should be.
BLANK_BEFORE_THE_EXAM = frozenset({"results", "variants_known"})


def lacking(template: Template, filling: Filling) -> list[str]:
    """The keys of what the form needs and nobody gave; see MISSING for the sentences."""
    return [key for key in template.needs if filling.lacks(key)]
