"""Bookings of a workshop: its week as a picture and as a list, and their forms."""
