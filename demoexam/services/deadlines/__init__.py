"""What is due before and after each exam."""
