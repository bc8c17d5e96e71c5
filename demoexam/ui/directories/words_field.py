"""A list of words typed with commas between them."""

from typing import Any

from demoexam.ui.fields import TextField


class WordsField(TextField):
    """«сварочный пост, вытяжка» is a list of two."""

    def _parse(self, text: str) -> Any:
        return [word.strip() for word in text.split(",") if word.strip()]

    def _shown(self, value: Any) -> str:
        return ", ".join(value or ())
