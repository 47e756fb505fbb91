"""From a roster to hours, days and amounts, each line with its reason."""
