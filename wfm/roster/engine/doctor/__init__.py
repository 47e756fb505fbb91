"""What `explain` is made of: questions that can be solved, conflicts, ways out, drafts."""
