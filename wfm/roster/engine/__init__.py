"""The search for a good roster and the proof of how good it is; the only home of OR-Tools."""
