"""The official wording and columns of each paper, one file a form."""
