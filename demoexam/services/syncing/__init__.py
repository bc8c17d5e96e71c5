"""The exchange with a shared store, as a person sees it."""
