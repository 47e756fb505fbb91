"""Instances of others and our own, each as a plan and a rule book with an audit of its own."""
