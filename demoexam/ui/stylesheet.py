"""The style sheet: every widget's look, by class and by dynamic property.

Properties that widgets carry: `look` (a variant of the class: "primary", "link", "card"),
`tone` (a Tone) and `step` (a step of type: "title", "muted", "key").
"""

from collections.abc import Callable
from pathlib import Path

from demoexam.ui.tokens import Tokens, Tone

SIZES = (11, 12, 13, 14, 16, 19, 24, 28)


def stylesheet(tokens: Tokens, px: Callable[[int], int], icons: Path) -> str:
    signs = (icons / ("dark" if tokens.dark else "light")).as_posix()
    sizes = {f"f{size}": f"{px(size)}px" for size in SIZES}
    sheet = _SHEET.format(**tokens._asdict(), **sizes, signs=signs)
    return sheet + "".join(_tone(tone, tokens) for tone in Tone)


def _tone(tone: Tone, tokens: Tokens) -> str:
    sign = getattr(tokens, tone)
    fill, text = getattr(tokens, f"{tone}_bg"), getattr(tokens, f"{tone}_text")
    return f"""
QLabel[tone="{tone}"] {{ color: {text}; }}
QLabel[tone="{tone}"][look] {{ background: {fill}; }}
QFrame[tone="{tone}"][look="strip"] {{ background: {fill}; }}
QLineEdit[tone="{tone}"] {{ border: 1px solid {sign}; background: {fill}; }}
"""


_SHEET = """
QMainWindow, QDialog, QWidget[look="page"], QStackedWidget[look="page"] {{ background: {bg}; }}
QFrame[look="card"] {{ background: {card}; border: 1px solid {line}; border-radius: 10px; }}
QFrame[look="card-accent"] {{
    background: {card}; border: 1px solid {accent}; border-radius: 10px; }}
QFrame[look="card"]:focus {{ border: 2px solid {accent}; }}
QFrame[look="sub"] {{ background: {bg}; border: 1px solid {line}; border-radius: 8px; }}
QFrame[look="nav"] {{ background: {nav}; border: none; border-right: 1px solid {line}; }}
QFrame[look="top"] {{ background: {nav}; border: none; border-bottom: 1px solid {line}; }}
QFrame[look="side"] {{ background: {card}; border: none; border-left: 1px solid {line}; }}
QFrame[look="strip"] {{ border: none; border-radius: 8px; }}
QFrame[look="foot"] {{ background: transparent; border: none; border-top: 1px solid {line}; }}
QFrame[look="rule"] {{ background: {line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[look="popup"] {{ background: {card}; border: 1px solid {edge}; border-radius: 10px; }}

QLabel {{ background: transparent; }}
QLabel[step="page"] {{ font-size: {f19}; font-weight: 600; color: {text}; }}
QLabel[step="crumb"] {{ font-size: {f19}; color: {muted}; }}
QLabel[step="brand"] {{ font-size: {f24}; font-weight: 600; }}
QLabel[step="section"] {{ font-size: {f16}; font-weight: 600; }}
QLabel[step="title"] {{ font-size: {f14}; font-weight: 600; color: {text}; }}
QLabel[step="strong"] {{ font-weight: 600; }}
QLabel[step="muted"] {{ color: {muted}; font-size: {f12}; }}
QLabel[step="soft"] {{ color: {muted}; }}
QLabel[step="caption"] {{ color: {faint}; font-size: {f11}; font-weight: 600; }}
QLabel[step="key"] {{ font-size: {f28}; font-weight: 600; }}
QLabel[look="pill"] {{
    border-radius: 9px; padding: 0 9px; font-size: {f12}; font-weight: 600;
    min-height: 18px; max-height: 20px; }}
QLabel[look="badge"] {{
    border-radius: 9px; padding: 0 7px; font-size: {f12}; font-weight: 600;
    min-height: 18px; max-height: 18px; }}
QLabel[look="step"] {{
    background: {accent}; color: {on_accent}; border-radius: 11px; font-size: {f12};
    font-weight: 600; min-width: 22px; max-width: 22px; min-height: 22px; max-height: 22px; }}
QLabel[look="tint"] {{ background: {warn_bg}; color: {text}; border-radius: 0; }}
QLabel[look="sign"] {{ border-radius: 7px; }}
QLabel[look="disc"] {{ border-radius: 44px; }}
QLabel[look="fact"] {{ border-radius: 4px; padding: 1px 5px; }}
QLabel[step="small"] {{ font-size: {f12}; }}
QLabel[step="strong-small"] {{ font-size: {f12}; font-weight: 600; }}
QLabel[step="tone-small"] {{ font-size: {f12}; }}
QLabel[step="tone-strong"] {{ font-weight: 600; }}
QLabel[look="avatar"] {{
    background: {accent_bg}; color: {accent_text}; border-radius: 22px;
    font-size: {f14}; font-weight: 600; }}
QLabel[look="brand"] {{ background: {accent}; border-radius: 7px; }}

QToolButton[look="nav"] {{
    border: 2px solid transparent; border-radius: 7px; padding: 0 10px;
    text-align: left; color: {muted}; background: transparent; }}
QToolButton[look="nav"]:hover {{ background: {hover}; color: {text}; }}
QToolButton[look="nav"]:checked {{ background: {accent_bg}; color: {accent_text};
    font-weight: 600; }}
QToolButton[look="nav"]:focus {{ border: 2px solid {accent}; }}

QPushButton {{
    background: {card}; color: {text}; border: 1px solid {edge}; border-radius: 7px;
    padding: 0 12px; min-height: 30px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:pressed {{ background: {track}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 0 11px; min-height: 28px; }}
QPushButton:disabled {{ color: {faint}; background: {bg}; border-color: {line}; }}
QPushButton:checked {{ background: {accent_bg}; color: {accent_text}; border-color: {accent}; }}
QPushButton[look="primary"] {{
    background: {accent}; color: {on_accent}; border: 1px solid {accent}; font-weight: 600; }}
QPushButton[look="primary"]:hover {{ background: {accent_text}; }}
QPushButton[look="primary"]:focus {{ border: 2px solid {text}; }}
QPushButton[look="primary"]:disabled {{
    background: {track}; color: {faint}; border-color: {track}; }}
QPushButton[look="link"], QPushButton[look="link-soft"] {{
    border: 2px solid transparent; background: transparent; color: {accent_text};
    font-weight: 600; padding: 0 4px; min-height: 22px; border-radius: 5px; }}
QPushButton[look="link-soft"] {{ color: {muted}; font-weight: 400; }}
QPushButton[look="link"]:hover {{ text-decoration: underline; }}
QPushButton[look="link"]:disabled {{ color: {faint}; }}
QPushButton[look="link"]:focus, QPushButton[look="link-soft"]:focus {{
    border: 2px solid {accent}; padding: 0 4px; min-height: 22px; }}
QPushButton[look="small"] {{
    min-height: 26px; padding: 0 10px; font-size: {f12}; border-radius: 6px; }}
QPushButton[look="small"]:focus {{ min-height: 24px; padding: 0 9px; }}
QPushButton[look="icon"] {{ padding: 0; min-width: 30px; max-width: 30px; }}
QPushButton[look="icon"]:focus {{ min-width: 28px; max-width: 28px; padding: 0; }}
QPushButton[look="line"] {{
    border: 2px solid transparent; background: transparent; padding: 0; min-height: 0; }}
QPushButton[look="line"]:hover {{ background: {hover}; }}
QPushButton[look="line"]:focus {{ border: 2px solid {accent}; padding: 0; min-height: 0; }}
QPushButton[look="danger"] {{ color: {bad_text}; border: 1px solid {bad}; }}
QPushButton[look="segment"] {{ border-radius: 0; border-left-width: 0; }}
QPushButton[look="segment"]:focus {{ border: 2px solid {accent}; }}
QPushButton[look="segment"][end="first"] {{
    border-left: 1px solid {edge}; border-top-left-radius: 7px; border-bottom-left-radius: 7px; }}
QPushButton[look="segment"][end="last"] {{
    border-top-right-radius: 7px; border-bottom-right-radius: 7px; }}
QPushButton[look="segment"]:checked {{
    background: {accent_bg}; color: {accent_text}; font-weight: 600; border-color: {edge}; }}
QPushButton::menu-indicator {{
    image: url({signs}/chevron-down.svg); width: 14px; height: 14px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 8px; }}
QPushButton[look="chip"] {{ padding: 0 26px 0 0; text-align: left; }}
QPushButton[look="chip"]:focus {{ padding: 0 25px 0 0; }}
QPushButton[look="chip"][active="true"] {{
    background: {accent_bg}; color: {accent_text}; border-color: {accent}; font-weight: 600; }}

QLineEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit, QPlainTextEdit {{
    background: {card}; color: {text}; border: 1px solid {field}; border-radius: 7px;
    padding: 0 10px; min-height: 30px;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QPlainTextEdit {{ padding: 6px 8px; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus, QTimeEdit:focus,
QPlainTextEdit:focus {{ border: 2px solid {accent}; min-height: 28px; padding: 0 9px; }}
QPlainTextEdit:focus {{ padding: 5px 7px; }}
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled, QDateEdit:disabled,
QTimeEdit:disabled, QLineEdit:read-only {{ background: {bg}; color: {muted};
    border-color: {edge}; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: none; padding: 0; min-height: 0;
    background: transparent; }}
QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow, QDateEdit::down-arrow {{
    image: url({signs}/chevron-down.svg); width: 15px; height: 15px; }}
QSpinBox {{ padding-left: 4px; }}
QSpinBox:focus {{ padding-left: 3px; }}
QSpinBox::up-button, QSpinBox::down-button, QTimeEdit::up-button, QTimeEdit::down-button {{
    border: none; background: transparent; width: 22px; }}
QSpinBox::up-arrow, QTimeEdit::up-arrow {{
    image: url({signs}/chevron-up.svg); width: 12px; height: 12px; }}
QSpinBox::down-arrow, QTimeEdit::down-arrow {{
    image: url({signs}/chevron-down.svg); width: 12px; height: 12px; }}
QComboBox QAbstractItemView, QMenu {{
    background: {card}; color: {text}; border: 1px solid {edge}; outline: 0;
    selection-background-color: {accent_bg}; selection-color: {accent_text}; }}
QMenu {{ padding: 4px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 5px; }}
QMenu::item:selected {{ background: {accent_bg}; color: {accent_text}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 6px; }}
QMenu::icon {{ padding-left: 8px; }}

QCheckBox, QRadioButton {{ color: {text}; spacing: 8px; min-height: 24px;
    border: 2px solid transparent; border-radius: 5px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {faint}; }}
QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator, QListView::indicator,
QTreeView::indicator {{ width: 18px; height: 18px; }}
QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked {{
    image: url({signs}/check-on.svg); }}
QCheckBox::indicator:unchecked, QTableView::indicator:unchecked,
QListView::indicator:unchecked {{ image: url({signs}/check-off.svg); }}
QCheckBox::indicator:indeterminate {{ image: url({signs}/check-mixed.svg); }}
QRadioButton[look="choice"] {{ background: {card}; border: 1px solid {edge}; border-radius: 8px;
    padding: 9px 13px; min-height: 24px; }}
QRadioButton[look="choice"]:hover {{ background: {hover}; }}
QRadioButton[look="choice"]:checked {{ background: {accent_bg}; border: 2px solid {accent};
    padding: 8px 12px; }}
QRadioButton[look="choice"]:focus {{ border: 2px solid {text}; padding: 8px 12px; }}
QRadioButton::indicator:checked {{ image: url({signs}/radio-on.svg); }}
QRadioButton::indicator:unchecked {{ image: url({signs}/radio-off.svg); }}

QTableView, QListView, QTreeView {{
    background: {card}; color: {text}; border: none; gridline-color: transparent; outline: 0;
    selection-background-color: {accent_bg}; selection-color: {text}; }}
QTableView::item {{ border-bottom: 1px solid {line}; padding: 0 8px; }}
QListView[look="plain"] {{ background: transparent; }}
QListView:focus {{ border: 2px solid {accent}; border-radius: 7px; }}
QListView::item {{ padding: 6px 10px; border-radius: 6px; }}
QListView::item:selected {{ background: {accent_bg}; color: {accent_text}; }}
QTableCornerButton::section, QHeaderView {{ background: {card}; border: none; }}
QHeaderView::section {{
    background: {card}; color: {faint}; border: none; border-bottom: 1px solid {line};
    padding: 0 10px; font-size: {f12}; font-weight: 500; }}
QHeaderView::section:hover {{ color: {text}; }}
QHeaderView::up-arrow {{ image: url({signs}/chevron-up.svg); width: 12px; height: 12px; }}
QHeaderView::down-arrow {{ image: url({signs}/chevron-down.svg); width: 12px; height: 12px; }}

QTabBar {{ background: transparent; border: none; }}
QTabBar::tab {{
    background: transparent; color: {muted}; border: none; border-bottom: 2px solid transparent;
    padding: 0 2px; margin-right: 22px; min-height: 34px; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{
    color: {accent_text}; border-bottom: 2px solid {accent}; font-weight: 600; }}
QTabBar::tab:focus {{ border: 2px solid {accent}; border-radius: 5px; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}

QStatusBar {{ background: {nav}; border-top: 1px solid {line}; color: {muted}; }}
QStatusBar::item {{ border: none; }}
QProgressBar {{
    background: {track}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QSplitter::handle {{ background: transparent; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[look="clear"], QWidget[look="clear"] {{
    background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{
    background: {edge}; border-radius: 4px; margin: 2px; min-height: 30px; min-width: 30px; }}
QScrollBar::handle:hover {{ background: {field}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QTextBrowser {{ background: {card}; color: {text}; border: none; padding: 8px 16px; }}
QToolTip {{ background: {card}; color: {text}; border: 1px solid {edge}; padding: 4px; }}
"""
