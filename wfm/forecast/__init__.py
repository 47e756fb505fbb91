"""From history to contacts and handle time per interval."""
