"""Files that people and other systems import."""
