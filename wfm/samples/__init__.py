"""Seeded generators of the example folders."""
