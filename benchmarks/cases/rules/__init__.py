"""Rules that only the instances have, because their limits differ from agent to agent: one file each."""
