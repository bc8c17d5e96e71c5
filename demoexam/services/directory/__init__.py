"""Lists and cards of the directories, and what is written from them."""
