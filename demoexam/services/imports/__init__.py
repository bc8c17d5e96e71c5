"""Loading other people's files: recognised, previewed, written as one operation."""
