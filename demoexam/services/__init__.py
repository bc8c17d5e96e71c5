"""What a user can do: functions `verb(session, *, ...)`, one transaction each."""
