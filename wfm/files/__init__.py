"""People's files to tables with positions, and the output folder."""
