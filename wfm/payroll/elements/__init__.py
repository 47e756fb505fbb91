"""One file per pay element."""
