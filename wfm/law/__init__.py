"""The law as dated data: every value with its source and the date from which it holds."""
