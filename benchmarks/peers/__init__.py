"""Other ways to make a roster, measured on the same cases."""
