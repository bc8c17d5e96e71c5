"""The parts of the page «Отчёты»."""
