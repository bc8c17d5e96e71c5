"""Records that may be one: found, compared, merged."""
