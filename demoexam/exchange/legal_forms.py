"""Legal forms of Russian organizations: long and short spellings, and what kind they imply."""

import re
from typing import Final

from demoexam.rules.terms import OrganizationKind

_COLLEGE = OrganizationKind.COLLEGE
_UNIVERSITY = OrganizationKind.UNIVERSITY
_EMPLOYER = OrganizationKind.EMPLOYER
_OTHER = OrganizationKind.OTHER

_EDUCATION_WORDS: Final = "образовательное учреждение"
LONG_FORMS: Final = {  # folded long spelling -> short spelling
    "общество с ограниченной ответственностью": "ООО",
    "публичное акционерное общество": "ПАО",
    "открытое акционерное общество": "ОАО",
    "закрытое акционерное общество": "ЗАО",
    "непубличное акционерное общество": "НАО",
    "акционерное общество": "АО",
    "индивидуальный предприниматель": "ИП",
    "государственное бюджетное учреждение здравоохранения": "ГБУЗ",
    "областное государственное бюджетное учреждение здравоохранения": "ОГБУЗ",
    "государственное автономное учреждение здравоохранения": "ГАУЗ",
    "федеральное государственное унитарное предприятие": "ФГУП",
    "государственное унитарное предприятие": "ГУП",
    "муниципальное унитарное предприятие": "МУП",
    "автономная некоммерческая организация": "АНО",
    f"областное государственное автономное профессиональное {_EDUCATION_WORDS}": "ОГАПОУ",
    f"областное государственное бюджетное профессиональное {_EDUCATION_WORDS}": "ОГБПОУ",
    f"государственное бюджетное профессиональное {_EDUCATION_WORDS}": "ГБПОУ",
    f"государственное автономное профессиональное {_EDUCATION_WORDS}": "ГАПОУ",
    f"государственное казенное профессиональное {_EDUCATION_WORDS}": "ГКПОУ",
    f"краевое государственное бюджетное профессиональное {_EDUCATION_WORDS}": "КГБПОУ",
    f"краевое государственное автономное профессиональное {_EDUCATION_WORDS}": "КГАПОУ",
    f"государственное профессиональное {_EDUCATION_WORDS}": "ГПОУ",
    f"частное профессиональное {_EDUCATION_WORDS}": "ЧПОУ",
    f"профессиональное {_EDUCATION_WORDS}": "ПОУ",
    f"федеральное государственное бюджетное {_EDUCATION_WORDS} высшего образования": "ФГБОУ ВО",
    f"федеральное государственное автономное {_EDUCATION_WORDS} высшего образования": "ФГАОУ ВО",
    f"муниципальное бюджетное обще{_EDUCATION_WORDS}": "МБОУ",
}
_SHORT_EMPLOYERS: Final = """
ООО ОАО ЗАО ПАО НАО АО ТОО ИП ГБУЗ ОГБУЗ ГАУЗ ОГАУЗ ГУЗ МУЗ ФГУП ГУП МУП ФГКУ ФКП НПО КФХ СПК
ГБУ МБУ МАУ ГАУ ФГБУ ОГБУ МКУ ГКУ АНО НКО ЧУ
"""
_SHORT_COLLEGES: Final = """
ОГАПОУ ОГБПОУ ГБПОУ ГАПОУ ГКПОУ КГБПОУ КГАПОУ ГПОУ ЧПОУ АНПОО ПОУ СПб_ГБПОУ ФГБПОУ КОГПОБУ
КОГПОАУ БПОУ АПОУ ЧОУ_СПО АНО_ПО АНО_СПО ГОУ_СПО ГБОУ_СПО БОУ_СПО ПОАНО ГАПОУ_МО ГБПОУ_МО
"""
_SHORT_UNIVERSITIES: Final = """
ФГБОУ_ВО ФГАОУ_ВО ФГБОУ_ВПО ФГАОУ_ВПО ФГКОУ_ВО ГБОУ_ВО ГАОУ_ВО ЧОУ_ВО АНО_ВО ФГБОУ ФГАОУ
"""
_SHORT_SCHOOLS: Final = """
МБОУ МАОУ МКОУ МОУ ГБОУ ГАОУ ОГАОУ МБДОУ МАДОУ МБУ_ДО ГБУ_ДО
"""

FORM_KINDS: Final = {
    form.replace("_", " "): kind
    for forms, kind in (
        (_SHORT_EMPLOYERS, _EMPLOYER),
        (_SHORT_COLLEGES, _COLLEGE),
        (_SHORT_UNIVERSITIES, _UNIVERSITY),
        (_SHORT_SCHOOLS, _OTHER),
    )
    for form in forms.split()
}
_BY_LENGTH: Final = sorted([*FORM_KINDS], key=len, reverse=True)
SHORT_FORM: Final = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in _BY_LENGTH)

KIND_WORDS: Final = (  # folded, in order of trust
    (_EMPLOYER, re.compile(r"больниц|поликлиник|научно[ -]исследоват|госпитал|санатор")),
    (_COLLEGE, re.compile(r"колледж|техникум|училищ|профессиональн\w* лице|професси\w+ образов")),
    (_UNIVERSITY, re.compile(r"университет|академи|институт|высшего (?:\w+ )?образования|\bвуз\b")),
    (_OTHER, re.compile(r"\bшкол|лице[йя]|гимнази|детск\w+ сад|дворец|дом творчеств|кванториум")),
    (
        _OTHER,
        re.compile(r"министерств|департамент|администрац|комитет|управление|самозанят|пенсион"),
    ),
    (
        _EMPLOYER,
        re.compile(
            r"завод|комбинат|фабрик|ресторан|кафе|банк|депо|предприят|компани|фирм|холдинг|магазин"
            r"|салон|студи|ателье|хозяйств|пекарн|столов|гостиниц|отель|автоцентр|сервис|трест"
        ),
    ),
)


def kind_of(form: str, folded_core: str) -> OrganizationKind | None:
    """What the name itself says about the organization; None when it says nothing."""
    kind = FORM_KINDS.get(form)
    if kind in (_COLLEGE, _UNIVERSITY):
        return kind
    by_words = next((kind for kind, words in KIND_WORDS if words.search(folded_core)), None)
    return by_words if kind is None or by_words in (_COLLEGE, _UNIVERSITY) else kind
