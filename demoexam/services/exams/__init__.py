"""One exam: its card, people, workplaces, points and everything that is done to it."""
