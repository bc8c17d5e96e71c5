"""The sections of Настройки, one a file."""
