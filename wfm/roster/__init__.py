"""From required agents to a roster that breaks no rule."""
