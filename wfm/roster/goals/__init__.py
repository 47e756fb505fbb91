"""One file per goal."""
