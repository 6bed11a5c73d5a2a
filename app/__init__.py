"""The grid command center: rules, services, screens and command line."""

__version__ = "0.1.0"
