"""Adapters: how a system is called, and how the outputs of known libraries are read."""
