"""The editor of the college's own forms: what is printed, part by part, beside its preview."""
