"""What else stands in workshops, and how they are used."""
