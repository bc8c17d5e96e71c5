"""The page of exams in parts: the list's rows, and the card of one sitting tab by tab."""
