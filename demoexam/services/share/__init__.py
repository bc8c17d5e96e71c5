"""The employers' share: counted, explained, reported."""
