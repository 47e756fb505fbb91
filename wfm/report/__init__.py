"""What the planner looks at."""
