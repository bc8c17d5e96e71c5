"""Lists of every kind in many shapes, made by chance from people and rooms that are known."""
