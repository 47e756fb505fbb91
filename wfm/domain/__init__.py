"""What everybody talks about: errors, text, time, agents, shifts, rosters, settings."""
