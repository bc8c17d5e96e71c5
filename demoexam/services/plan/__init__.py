"""The whole plan as the rules see it: facts, findings, and the door through which it is changed."""
