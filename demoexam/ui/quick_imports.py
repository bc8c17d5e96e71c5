"""Spares the source reading which PySide does at every import, to look for `__feature__`.

PySide's import hook calls `inspect.getsource` on each module imported after it: a fifth of our
start. The program uses no `__feature__` switches, so the answer is always no.
"""

import sys

import PySide6.QtCore  # noqa: F401 -- brings the hook


def skip_feature_search() -> None:
    """Answer the hook's question without reading; does nothing where there is no such hook."""
    feature = sys.modules.get("__feature__")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda _module: False  # type: ignore[attr-defined]  # noqa: SLF001


skip_feature_search()
