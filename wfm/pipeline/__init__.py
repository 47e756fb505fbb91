"""One file per verb: the arrows between the rooms."""
