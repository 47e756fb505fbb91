"""What outlives a run: registers and ledgers that are kept beside the plan."""
